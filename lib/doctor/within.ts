import "server-only";
import { scrub } from "@/lib/observability/scrub";

const longest = 300;

/** What went wrong, on a line, without secrets and addresses. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const inner = cause instanceof Error ? cause.message || cause.name : "";
  const text = [error.message || error.name, inner].filter(Boolean).join(": ");
  return scrub(text.replaceAll(/\s+/g, " ")).slice(0, longest);
}

/** What `work` comes to. @throws when that takes longer than `ms`. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`There was no answer within ${ms / 1000} seconds.`)),
    ms,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
