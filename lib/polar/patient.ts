import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { inBackground } from "./budget";
import { isUnavailable, retryAfter } from "./errors";

const maxAttempts = 6;
const longestWaitMs = 120_000;

/** Polar's 429 says how many seconds to wait. */
function pauseAfter(error: unknown, attempt: number): number {
  const asked = retryAfter(error);
  return Math.min(asked ? asked * 1000 : 500 * 2 ** attempt, longestWaitMs);
}

/**
 * A read from Polar for background work: inside its budget of Polar's rate limit, after a 429 as late as
 * Polar asked for, and again while Polar is not available, for about half a minute.
 *
 * @throws what Polar's API throws when it stays unavailable, and at once what no waiting will mend.
 */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inBackground(read);
    } catch (error) {
      if (attempt >= maxAttempts || !isUnavailable(error)) throw error;
      await wait(pauseAfter(error, attempt));
    }
  }
}
