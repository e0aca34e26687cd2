import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { PolarRateLimitError } from "@polar-sh/sdk";
import { env } from "@/lib/env";
import { isUnavailable } from "./errors";

/** Of Polar's 500 and 100 calls a minute these are for background work; the rest is for people who wait. */
const callsPerMinute = { production: 250, sandbox: 50, local: Number.POSITIVE_INFINITY };
const maxAttempts = 6;
const longestWaitMs = 120_000;

let nextSlot = 0;

async function ownTurn(): Promise<void> {
  const now = Date.now();
  const slot = Math.max(now, nextSlot);
  nextSlot = slot + 60_000 / callsPerMinute[env().POLAR_ENVIRONMENT];
  if (slot > now) await wait(slot - now);
}

/** Polar's 429 says how many seconds to wait. */
function pauseAfter(error: unknown, attempt: number): number {
  const asked = error instanceof PolarRateLimitError ? error.retryAfter : null;
  return Math.min(asked ? asked * 1000 : 500 * 2 ** attempt, longestWaitMs);
}

/**
 * A read from Polar for background work: inside Polar's rate limit with room to spare, after a 429 as late
 * as Polar asked for, and again while Polar is not available, for about half a minute.
 *
 * @throws what Polar's API throws when it stays unavailable, and at once what no waiting will mend.
 */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await ownTurn();
    try {
      return await read();
    } catch (error) {
      if (attempt >= maxAttempts || !isUnavailable(error)) throw error;
      await wait(pauseAfter(error, attempt));
    }
  }
}
