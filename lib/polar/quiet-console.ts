import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

const calls = new AsyncLocalStorage<(error: unknown) => void>();
const installed = Symbol.for("northstar.quietConsole");

function install(): void {
  const holder = globalThis as typeof globalThis & { [installed]?: true };
  if (holder[installed]) return;
  holder[installed] = true;
  // biome-ignore lint/suspicious/noConsole: it is what this module is about.
  const original = console.error.bind(console);
  console.error = (...values: unknown[]) => {
    const report = calls.getStore();
    if (report) report(values.find((value) => value instanceof Error) ?? values[0]);
    else original(...values);
  };
}

/**
 * Runs `work` and gives what it prints as errors to `report` instead. `@polar-sh/nextjs` prints a failed
 * request whole, its Authorization header with the access token included.
 */
export function withQuietConsole<T>(
  report: (error: unknown) => void,
  work: () => Promise<T>,
): Promise<T> {
  install();
  return calls.run(report, work);
}
