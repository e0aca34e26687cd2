import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { env } from "@/lib/env";
import { countCall, type Quota } from "@/lib/rate-limit";

/** Polar's limit of an organization's calls in a minute; the local Polar has none unless it is told to. */
const usualLimit = { production: 500, sandbox: 100, local: null };
/** Short windows: half a minute's calls at the end of one and at the beginning of the next would be a whole. */
const windowSeconds = 6;

const background = new AsyncLocalStorage<true>();

/** Runs `work` so that its calls to Polar wait for their turn: for work that no person waits for. */
export function inBackground<T>(work: () => Promise<T>): Promise<T> {
  return background.run(true, work);
}

/** Half of what Polar allows is for background work, of all processes together; the rest for people who wait. */
function backgroundQuota(): Quota | null {
  const { POLAR_CALLS_PER_MINUTE, POLAR_ENVIRONMENT } = env();
  const limit = POLAR_CALLS_PER_MINUTE ?? usualLimit[POLAR_ENVIRONMENT];
  if (limit === null) return null;
  const calls = Math.max(1, Math.floor((limit / 2) * (windowSeconds / 60)));
  return { name: "polar", calls, seconds: windowSeconds };
}

/**
 * Waits, in the background, until a call fits into the budget; for a person's call it does nothing.
 *
 * @throws what the store of the counts throws when it cannot be asked.
 */
export async function ownTurn(): Promise<void> {
  const quota = background.getStore() ? backgroundQuota() : null;
  if (!quota) return;
  for (;;) {
    const { allowed, resetSeconds } = await countCall(quota, "background");
    if (allowed) return;
    await wait(resetSeconds * 1000);
  }
}
