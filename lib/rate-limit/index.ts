import "server-only";
import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import { limiterFor, type Quota } from "./store";

export type { Quota } from "./store";

/** Where a caller stands in its window. `resetSeconds` is when the window ends. */
export type Standing = {
  allowed: boolean;
  quota: Quota;
  remaining: number;
  resetSeconds: number;
};

const limiters = new Map<string, RateLimiterAbstract>();

function limiterOf(quota: Quota): RateLimiterAbstract {
  const key = JSON.stringify(quota);
  const known = limiters.get(key);
  if (known) return known;
  const made = limiterFor(quota);
  limiters.set(key, made);
  return made;
}

/**
 * Counts one call of `caller` in its window, in all processes together.
 *
 * @throws what the store throws when it cannot be asked (PostgreSQL; a Redis that is away is stood in for).
 */
export async function countCall(quota: Quota, caller: string): Promise<Standing> {
  const standing = (result: RateLimiterRes, allowed: boolean): Standing => ({
    allowed,
    quota,
    remaining: result.remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
  });
  try {
    return standing(await limiterOf(quota).consume(caller), true);
  } catch (error) {
    if (error instanceof RateLimiterRes) return standing(error, false);
    throw error;
  }
}

/**
 * The standing in the fields of draft-ietf-httpapi-ratelimit-headers-10, with `Retry-After` (in seconds)
 * for who has to wait.
 */
export function rateLimitHeaders(standing: Standing): Record<string, string> {
  const { quota, remaining, resetSeconds } = standing;
  return {
    "ratelimit-policy": `"${quota.name}";q=${quota.calls};w=${quota.seconds}`,
    ratelimit: `"${quota.name}";r=${remaining};t=${resetSeconds}`,
    ...(standing.allowed ? {} : { "retry-after": String(resetSeconds) }),
  };
}
