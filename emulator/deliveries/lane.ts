import TinyQueue from "tinyqueue";

/** An event waits for earlier ones that were never tried, but not for ones older than this. */
const ORDER_WAIT_MS = 60_000;
/** Deliveries to one endpoint that are under way at the same time. */
const MOST_AT_ONCE = 16;

/** An event that waits to be sent. Times are real, in milliseconds. */
export interface Waiting {
  id: string;
  emittedAt: number;
  /** Not to be sent before this. */
  due: number;
  isFirstAttempt: boolean;
  /** Sent when it is due, whatever waits before it: retries, and events that a fault delays. */
  isOutOfOrder: boolean;
}

/**
 * The order in which one endpoint's events may be sent. As at Polar it is best effort: a first attempt
 * waits for those of earlier events that are under a minute old, a retry for nothing.
 */
export class Lane {
  /** Events that have had no attempt yet. */
  readonly untried = new Set<string>();
  /** Events that are neither delivered nor given up. */
  readonly pending = new Set<string>();
  #inOrder: Waiting[] = [];
  #taken = 0;
  readonly #timed = new TinyQueue<Waiting>([], (a, b) => a.due - b.due);
  readonly #underWay = new Map<string, Waiting>();

  add(waiting: Waiting): void {
    this.pending.add(waiting.id);
    if (waiting.isFirstAttempt) this.untried.add(waiting.id);
    if (waiting.isOutOfOrder) this.#timed.push(waiting);
    else this.#inOrder.push(waiting);
  }

  /** Takes an event that may be sent now; it is under way until `finish`. */
  take(now: number): Waiting | undefined {
    if (this.#underWay.size >= MOST_AT_ONCE) return undefined;
    const taken = this.#takeTimed(now) ?? this.#takeInOrder(now);
    if (taken) this.#underWay.set(taken.id, taken);
    return taken;
  }

  /** An attempt has ended: the next may begin. */
  finish(id: string): void {
    this.#underWay.delete(id);
  }

  /** The event is delivered, given up or skipped. */
  drop(id: string): void {
    this.pending.delete(id);
    this.untried.delete(id);
  }

  /** When something may be sent that may not be sent yet; Infinity when only an ending attempt can tell. */
  get nextAt(): number {
    if (this.#underWay.size >= MOST_AT_ONCE) return Number.POSITIVE_INFINITY;
    const timed = this.#timed.peek()?.due ?? Number.POSITIVE_INFINITY;
    return this.#taken < this.#inOrder.length ? Math.min(timed, this.#blockedUntil) : timed;
  }

  get #blockedUntil(): number {
    let until = 0;
    for (const { isFirstAttempt, isOutOfOrder, emittedAt } of this.#underWay.values())
      if (isFirstAttempt && !isOutOfOrder) until = Math.max(until, emittedAt + ORDER_WAIT_MS);
    return until;
  }

  #takeTimed(now: number): Waiting | undefined {
    const next = this.#timed.peek();
    return next && next.due <= now ? this.#timed.pop() : undefined;
  }

  #takeInOrder(now: number): Waiting | undefined {
    if (this.#taken >= this.#inOrder.length || this.#blockedUntil > now) return undefined;
    const next = this.#inOrder[this.#taken];
    this.#taken += 1;
    if (this.#taken === this.#inOrder.length) {
      this.#inOrder = [];
      this.#taken = 0;
    }
    return next;
  }
}
