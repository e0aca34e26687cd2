import { newId } from "../ids.ts";
import type { EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { type Attempt, attempt, attemptName, sentRequestKey } from "./attempt.ts";
import { Lane } from "./lane.ts";
import { Sender } from "./send.ts";
import { isWaiting } from "./waiting.ts";

/** In all, redeliveries included. */
const MOST_ATTEMPTS = 10;
const LONGEST_BACKOFF_MS = 20 * 60_000;
/** How attempts ended is written down this much later, with that of others. */
const FLUSH_MS = 5;
/** Timers may not be set further ahead than this; they are set again then. */
const LONGEST_TIMER_MS = 60_000;
/** An endpoint is switched off when this many of its latest events have failed for good. */
const FAILURES_TO_DISABLE = 10;

/** What an event becomes that is not sent, as its endpoint is switched off. */
const SKIPPED = { skipped: true, is_redelivered: false, next_attempt_at: null };

export interface QueueOptions {
  /** Wait before the second attempt, in milliseconds; it doubles for each further one. */
  backoffBaseMs: number;
}

/**
 * Sends webhooks and tries again. All times here are real: the simulated clock may run through a year
 * while one delivery waits for its retry.
 */
export class DeliveryQueue {
  readonly #world: World;
  readonly #options: QueueOptions;
  readonly #sender = new Sender();
  readonly #lanes = new Map<string, Lane>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #waiting = new Set<() => void>();
  readonly #ended: { id: string; made: Attempt }[] = [];
  #flushTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(world: World, options: QueueOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Takes up an event that has just been emitted, or one left over from before a restart. */
  enqueue(event: WebhookEventDoc, isFirstAttempt = event.attempts === 0): void {
    const due = event.next_attempt_at ?? 0;
    this.#lane(event.endpoint_id).add({
      id: event.id,
      emittedAt: event.emitted_at,
      due,
      isFirstAttempt,
      isOutOfOrder: event.attempts > 0 || due > event.emitted_at,
    });
  }

  /** Takes up everything undelivered that the store holds. */
  resume(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#lanes.clear();
    for (const event of this.#world.webhookEvents.values())
      if (isWaiting(event)) this.enqueue(event);
    this.pump();
  }

  /**
   * Sends an event once more, with its id and payload unchanged. It counts as delivered, or not, until
   * that is decided anew; a failure is tried again only as long as it has not had all its attempts.
   */
  redeliver(event: WebhookEventDoc): void {
    const again = this.#world.webhookEvents.patch(event.id, {
      is_redelivered: true,
      skipped: false,
      next_attempt_at: this.#world.options.realNow(),
    });
    this.#world.store.afterCommit(() => {
      this.enqueue(again, true);
      this.#pumpLane(event.endpoint_id);
    });
  }

  /** Starts whatever may be sent now. */
  pump(): void {
    for (const endpointId of this.#lanes.keys()) this.#pumpLane(endpointId);
    this.#tellWaiting();
  }

  /** How many events are neither delivered nor given up. */
  get undelivered(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.pending.size, 0);
  }

  /** Resolves when every event up to now, or each of these, has had an attempt or cannot have one. */
  async attempted(ids?: readonly string[]): Promise<void> {
    const isOpen = () => {
      if (this.#closed || this.#isHeld) return false;
      const lanes = [...this.#lanes.values()];
      return ids
        ? ids.some((id) => lanes.some((lane) => lane.untried.has(id)))
        : lanes.some((lane) => lane.untried.size > 0);
    };
    while (isOpen()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  close(): void {
    this.#closed = true;
    this.#flush();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#sender.close();
    this.#tellWaiting();
  }

  get #isHeld(): boolean {
    return this.#world.faults.settings.webhooks.hold;
  }

  #lane(endpointId: string): Lane {
    const found = this.#lanes.get(endpointId);
    if (found) return found;
    const lane = new Lane();
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #pumpLane(endpointId: string): void {
    clearTimeout(this.#timers.get(endpointId));
    const lane = this.#lane(endpointId);
    if (this.#closed || this.#isHeld) return;
    const now = this.#world.options.realNow();
    for (let next = lane.take(now); next; next = lane.take(now)) this.#start(lane, next.id);
    const wait = lane.nextAt - now;
    if (wait === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => this.#pumpLane(endpointId), Math.min(wait, LONGEST_TIMER_MS));
    this.#timers.set(endpointId, timer.unref());
  }

  /** Sends an event, unless that has become needless, or its endpoint has been switched off. */
  #start(lane: Lane, id: string): void {
    const event = this.#world.webhookEvents.get(id);
    const endpoint = this.#world.endpoints.get(event?.endpoint_id);
    if (event && endpoint?.enabled && isWaiting(event)) {
      void this.#attempt(lane, endpoint, event);
      return;
    }
    lane.finish(id);
    lane.drop(id);
    if (event && isWaiting(event))
      this.#world.store.transaction(() => this.#world.webhookEvents.patch(id, SKIPPED));
    this.#tellWaiting();
  }

  async #attempt(lane: Lane, endpoint: EndpointDoc, event: WebhookEventDoc): Promise<void> {
    const made = await attempt(this.#world, this.#sender, endpoint, event);
    if (this.#closed) return;
    lane.finish(event.id);
    this.#ended.push({ id: event.id, made });
    this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
    this.#pumpLane(endpoint.id);
  }

  /** Writes down how attempts ended, several at a time: one that a crash forgets is made again. */
  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const ended = this.#ended.splice(0);
    if (ended.length === 0) return;
    this.#world.store.transaction(() => {
      for (const { id, made } of ended) this.#conclude(id, made);
    });
    this.pump();
  }

  #conclude(id: string, { answer, sent, duration }: Attempt): void {
    const { webhookEvents, deliveries, clock, store, options, faults } = this.#world;
    const event = webhookEvents.get(id);
    if (!event) return;
    const at = clock.now();
    const succeeded = answer.code !== null && answer.code >= 200 && answer.code < 300;
    const delivery = deliveries.put({
      id: newId(),
      created_at: at,
      modified_at: null,
      webhook_event_id: id,
      endpoint_id: event.endpoint_id,
      succeeded,
      http_code: answer.code,
      duration,
    });
    store.putText(delivery.id, answer.text);
    store.putText(sentRequestKey(delivery.id), JSON.stringify(sent));
    const attempts = event.attempts + 1;
    const final = succeeded || attempts >= MOST_ATTEMPTS;
    const tried = webhookEvents.patch(id, {
      modified_at: at,
      attempts,
      last_http_code: answer.code,
      succeeded: succeeded || (final ? event.succeeded === true : event.succeeded),
      is_redelivered: !final && event.is_redelivered === true,
      next_attempt_at: final
        ? null
        : options.realNow() +
          this.#backoff(attempts, faults.jitter(attemptName(this.#world, event))),
    });
    store.afterCommit(() => {
      const lane = this.#lane(event.endpoint_id);
      lane.untried.delete(id);
      if (final) lane.drop(id);
      else this.enqueue(tried);
    });
    if (final && !succeeded) this.#disableIfFailing(event.endpoint_id);
  }

  /** @param jitter from 0 to 1 */
  #backoff(attempts: number, jitter: number): number {
    const nominal = Math.min(this.#options.backoffBaseMs * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
    return nominal * (0.75 + jitter * 0.5);
  }

  #disableIfFailing(endpointId: string): void {
    const { webhookEvents, endpoints, clock } = this.#world;
    const recent = webhookEvents.where("endpoint_id", endpointId).slice(-FAILURES_TO_DISABLE);
    if (recent.length < FAILURES_TO_DISABLE) return;
    if (!recent.every((event) => event.succeeded === false)) return;
    endpoints.patch(endpointId, { enabled: false, modified_at: clock.now() });
    const lane = this.#lane(endpointId);
    for (const id of [...lane.pending]) {
      const event = webhookEvents.get(id);
      if (!event || !isWaiting(event)) continue;
      webhookEvents.patch(id, SKIPPED);
      lane.drop(id);
    }
  }

  #tellWaiting(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
