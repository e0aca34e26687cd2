import { type Instant, type Micros, toInstant, toMicros } from "./time.ts";

/**
 * The simulated clock: real time plus an offset that only ever grows. While due work is replayed it
 * stands at that work's due time, so that everything a renewal writes carries the renewal's date.
 */
export class Clock {
  readonly #realNow: () => number;
  #offset: Micros;
  #standing: Micros | null = null;
  #last: Micros = 0;
  #flowed: Micros = 0;

  /**
   * @param realNow real time in milliseconds since the epoch (UTC)
   * @param offset microseconds by which the simulated time is ahead
   */
  constructor(realNow: () => number, offset: Micros = 0) {
    this.#realNow = realNow;
    this.#offset = offset;
  }

  get offset(): Micros {
    return this.#offset;
  }

  /** The present, without claiming it. */
  micros(): Micros {
    return Math.max(this.#standing ?? this.#flowing(), this.#last);
  }

  now(): Instant {
    return toInstant(this.micros());
  }

  /** The present as a date that nothing else has been or will be given: strictly increasing. */
  tick(): Instant {
    const next = Math.max(this.#standing ?? this.#flowing(), this.#last + 1);
    this.#last = next;
    return toInstant(next);
  }

  /** Runs `work` with the clock standing at `at`, or at the present where that is later already. */
  standAt<T>(at: Instant, work: () => T): T {
    const before = this.#standing;
    this.#standing = Math.max(toMicros(at), this.#last);
    try {
      return work();
    } finally {
      this.#standing = before;
    }
  }

  /** Moves the clock so that the present is at least `target`; returns the new offset. */
  moveTo(target: Micros): Micros {
    const gap = target - this.#flowing();
    if (gap > 0) this.#offset += gap;
    return this.#offset;
  }

  /** Forgets the offset, for a reset of all state. */
  rewind(): void {
    this.#offset = 0;
    this.#last = 0;
    this.#flowed = 0;
  }

  #flowing(): Micros {
    // Date.now() has no microseconds; another clock lends plausible ones, whose milliseconds begin elsewhere.
    const fraction = Math.floor((performance.now() % 1) * 1000);
    const now = Math.floor(this.#realNow()) * 1000 + fraction + this.#offset;
    this.#flowed = Math.max(this.#flowed, now);
    return this.#flowed;
  }
}
