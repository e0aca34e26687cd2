import { newId } from "../ids.ts";
import type { EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { type Answer, Sender } from "./send.ts";
import { signedHeaders } from "./signing.ts";

const MOST_ATTEMPTS = 10;
const LONGEST_BACKOFF_MS = 20 * 60_000;
/** An event waits for earlier ones that were never tried, but not for ones older than this. */
const ORDER_WAIT_MS = 60_000;
/** An endpoint is switched off when this many of its latest events have failed for good. */
const FAILURES_TO_DISABLE = 10;
/** Older than what verifiers accept, in seconds. */
const TEN_MINUTES = 600;

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
  readonly #sending = new Set<string>();
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(world: World, options: QueueOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Starts whatever may be sent now and sets a timer for the rest. */
  pump(): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#world.faults.settings.webhooks.hold) {
      this.#settled();
      return;
    }
    const { shuffle_ms } = this.#world.faults.settings.webhooks;
    const now = this.#world.options.realNow();
    let soonest = Number.POSITIVE_INFINITY;
    for (const endpoint of this.#world.endpoints.values()) {
      if (!endpoint.enabled) continue;
      let blockedUntil = 0;
      for (const event of this.pending(endpoint.id)) {
        if (this.#sending.has(event.id)) {
          if (event.attempts === 0)
            blockedUntil = Math.max(blockedUntil, event.emitted_at + ORDER_WAIT_MS);
          continue;
        }
        const inOrder = event.attempts === 0 && shuffle_ms === 0;
        const due = Math.max(event.next_attempt_at ?? 0, inOrder ? blockedUntil : 0);
        if (due <= now) void this.#attempt(endpoint, event);
        else soonest = Math.min(soonest, due);
        if (event.attempts === 0)
          blockedUntil = Math.max(blockedUntil, event.emitted_at + ORDER_WAIT_MS);
      }
    }
    if (soonest < Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.pump(), Math.min(soonest - now, 60_000));
      this.#timer.unref();
    }
    this.#settled();
  }

  /** Events of an endpoint that are neither delivered nor given up, oldest first. */
  pending(endpointId: string): WebhookEventDoc[] {
    return [...(this.#pendingByEndpoint.get(endpointId) ?? [])].flatMap((id) => {
      const event = this.#world.webhookEvents.get(id);
      return event && event.succeeded === null && !event.skipped ? [event] : [];
    });
  }

  readonly #pendingByEndpoint = new Map<string, Set<string>>();

  /** Takes up an event that has just been emitted, or one left over from before a restart. */
  enqueue(event: WebhookEventDoc): void {
    const ids = this.#pendingByEndpoint.get(event.endpoint_id);
    if (ids) ids.add(event.id);
    else this.#pendingByEndpoint.set(event.endpoint_id, new Set([event.id]));
  }

  /** Takes up everything undelivered that the store holds. */
  resume(): void {
    this.#pendingByEndpoint.clear();
    for (const event of this.#world.webhookEvents.values())
      if (event.succeeded === null && !event.skipped) this.enqueue(event);
    this.pump();
  }

  /** Sends an event once more, with its id and payload unchanged. */
  redeliver(event: WebhookEventDoc): void {
    this.#world.webhookEvents.patch(event.id, {
      succeeded: null,
      skipped: false,
      attempts: 0,
      next_attempt_at: 0,
      emitted_at: this.#world.options.realNow(),
    });
    this.#world.store.afterCommit(() => {
      this.enqueue(event);
      this.pump();
    });
  }

  /** Resolves when every event up to now has had an attempt, or cannot have one. */
  async attempted(ids?: readonly string[]): Promise<void> {
    const open = () => {
      if (this.#closed || this.#world.faults.settings.webhooks.hold) return false;
      const events = ids
        ? ids.flatMap((id) => this.#world.webhookEvents.get(id) ?? [])
        : this.#world.endpoints.all().flatMap((endpoint) => this.pending(endpoint.id));
      return events.some(
        (event) =>
          event.attempts === 0 &&
          event.succeeded === null &&
          !event.skipped &&
          this.#world.endpoints.get(event.endpoint_id)?.enabled,
      );
    };
    while (open()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Whether a retry waits for its time. */
  get retrying(): number {
    return this.#world.endpoints
      .all()
      .flatMap((endpoint) => this.pending(endpoint.id))
      .filter((event) => event.attempts > 0).length;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#sender.close();
    this.#settled();
  }

  async #attempt(endpoint: EndpointDoc, event: WebhookEventDoc): Promise<void> {
    this.#sending.add(event.id);
    const body = this.#world.store.getText(event.id) ?? "";
    const started = this.#world.options.realNow();
    const { faults } = this.#world;
    const late = faults.strikes("old_timestamp") ? TEN_MINUTES : 0;
    const headers = signedHeaders(endpoint, event.id, Math.floor(Date.now() / 1000) - late, body);
    if (faults.strikes("bad_signature")) headers["webhook-signature"] = "v1,bm90IHNpZ25lZA==";
    let answer: Answer;
    if (faults.takeDrop()) answer = { code: 200, text: "dropped by a fault" };
    else {
      answer = await this.#sender.post(endpoint.url, headers, body);
      if (faults.strikes("duplicate")) await this.#sender.post(endpoint.url, headers, body);
    }
    this.#sending.delete(event.id);
    if (this.#closed) return;
    this.#world.store.transaction(() =>
      this.#conclude(event.id, answer, this.#world.options.realNow() - started),
    );
    this.pump();
  }

  #conclude(id: string, answer: Answer, duration: number): void {
    const { webhookEvents, deliveries, clock, store, options } = this.#world;
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
    const attempts = event.attempts + 1;
    const final = succeeded || attempts >= MOST_ATTEMPTS;
    webhookEvents.patch(id, {
      modified_at: at,
      attempts,
      last_http_code: answer.code,
      succeeded: succeeded ? true : final ? false : null,
      next_attempt_at: final ? null : options.realNow() + this.#backoff(attempts),
    });
    if (!final) return;
    store.afterCommit(() => this.#pendingByEndpoint.get(event.endpoint_id)?.delete(id));
    if (!succeeded) this.#disableIfFailing(event.endpoint_id);
  }

  #backoff(attempts: number): number {
    const nominal = Math.min(this.#options.backoffBaseMs * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
    return nominal * (0.75 + Math.random() * 0.5);
  }

  #disableIfFailing(endpointId: string): void {
    const { webhookEvents, endpoints, clock } = this.#world;
    const recent = webhookEvents.where("endpoint_id", endpointId).slice(-FAILURES_TO_DISABLE);
    if (recent.length < FAILURES_TO_DISABLE) return;
    if (!recent.every((event) => event.succeeded === false)) return;
    endpoints.patch(endpointId, { enabled: false, modified_at: clock.now() });
    for (const event of this.pending(endpointId))
      webhookEvents.patch(event.id, { skipped: true, next_attempt_at: null });
  }

  #settled(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
