import { RATE_LIMITS } from "./settings.ts";

const MINUTE_MS = 60_000;

/** Polar's limit of an organization's calls: so many a minute, counted from the first of them. */
export class RateLimiter {
  #since = Number.NEGATIVE_INFINITY;
  #calls = 0;

  reset(): void {
    this.#since = Number.NEGATIVE_INFINITY;
  }

  /** Counts a call at `now` (milliseconds); seconds to wait when it is one too many. */
  take(limit: keyof typeof RATE_LIMITS, now: number): number | null {
    if (now - this.#since >= MINUTE_MS) {
      this.#since = now;
      this.#calls = 0;
    }
    this.#calls += 1;
    if (this.#calls <= RATE_LIMITS[limit]) return null;
    return Math.max(1, Math.ceil((this.#since + MINUTE_MS - now) / 1000));
  }
}
