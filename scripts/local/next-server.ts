import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

/** A Next server in a process of its own. `output` is what it has printed so far. */
export type NextServer = { child: ChildProcess; output: () => string; stop: () => Promise<void> };

/** Starts `next dev` or `next start` on 127.0.0.1; its output goes to `onOutput`. */
export function startNext(
  mode: "dev" | "start",
  port: number,
  env: NodeJS.ProcessEnv,
  onOutput: (text: string) => void = () => {},
): NextServer {
  const args = [
    "node_modules/next/dist/bin/next",
    mode,
    "--hostname",
    "127.0.0.1",
    "--port",
    String(port),
  ];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const take = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-200_000);
    onOutput(chunk.toString());
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const exited = once(child, "exit");
  return {
    child,
    output: () => output,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * Resolves when `url` answers 200.
 *
 * @throws when the server ends before that, with its last output, or after two minutes.
 */
export async function untilReady(server: NextServer, url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null)
      throw new Error(`The app ended as it started:\n${server.output().slice(-4000)}`);
    const answered = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(() => null);
    if (answered?.ok) return;
    await wait(100);
  }
  throw new Error(
    `The app did not answer at ${url} within two minutes:\n${server.output().slice(-4000)}`,
  );
}
