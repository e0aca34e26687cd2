import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
import { UNKNOWN_TYPE, withUnknownEnum, withUnknownField } from "../faults/payloads.ts";
import { newId } from "../ids.ts";
import type { EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { Instant } from "../time.ts";
import type { World } from "../world.ts";

/** Turns what happens into webhook events: one for each endpoint that asks for the type. */
export class Emitter {
  readonly #world: World;
  readonly #queue: DeliveryQueue;

  constructor(world: World, queue: DeliveryQueue) {
    this.#world = world;
    this.#queue = queue;
  }

  /**
   * Emits within the running transaction. The payload is frozen here: later changes of the data do not
   * reach it. Returns the ids of the events made.
   */
  emit(type: models.WebhookEventType, data: object): string[] {
    const { faults } = this.#world;
    const name = faults.count(type);
    let sent = data;
    if (faults.strikes("unknown_field", name)) sent = withUnknownField(sent);
    if (faults.strikes("unknown_enum", name)) sent = withUnknownEnum(sent);
    const ids = this.#emit(type, sent);
    if (faults.strikes("unknown_type", name)) this.#emit(UNKNOWN_TYPE, data);
    return ids;
  }

  /** Emits to one endpoint alone, whether it asks for the type or not. */
  emitTo(endpoint: EndpointDoc, type: string, data: object): WebhookEventDoc {
    const timestamp = this.#world.clock.tick();
    const body = JSON.stringify({ type, timestamp, data });
    const number = this.#world.endpoints.all().indexOf(endpoint) + 1;
    const event = this.#record(endpoint, number, type, timestamp, body);
    this.#send([event]);
    return event;
  }

  #emit(type: string, data: object): string[] {
    const timestamp = this.#world.clock.tick();
    const body = JSON.stringify({ type, timestamp, data });
    const made: WebhookEventDoc[] = [];
    let number = 0;
    for (const endpoint of this.#world.endpoints.values()) {
      number += 1;
      const wanted: readonly string[] = [...endpoint.events, UNKNOWN_TYPE];
      if (!endpoint.enabled || endpoint.deleted || !wanted.includes(type)) continue;
      made.push(this.#record(endpoint, number, type, timestamp, body));
    }
    this.#send(made);
    return made.map((event) => event.id);
  }

  /** @param number the endpoint's, among all that there were */
  #record(
    endpoint: EndpointDoc,
    number: number,
    type: string,
    timestamp: Instant,
    body: string,
  ): WebhookEventDoc {
    const { faults, options, store, webhookEvents } = this.#world;
    const fault_key = faults.count(`${number} ${type}`);
    const now = options.realNow();
    const event = webhookEvents.put({
      id: newId(),
      created_at: timestamp,
      modified_at: null,
      endpoint_id: endpoint.id,
      type,
      api_version: endpoint.api_version,
      succeeded: null,
      skipped: false,
      last_http_code: null,
      attempts: 0,
      emitted_at: now,
      next_attempt_at: now + faults.delayOf(fault_key),
      fault_key,
    });
    store.putText(event.id, body);
    return event;
  }

  #send(events: readonly WebhookEventDoc[]): void {
    this.#world.store.afterCommit(() => {
      for (const event of events) this.#queue.enqueue(event);
      if (events.length) this.#queue.pump();
    });
  }
}
