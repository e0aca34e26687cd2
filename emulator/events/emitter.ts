import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
import { UNKNOWN_TYPE, withUnknownEnum, withUnknownField } from "../faults/payloads.ts";
import { newId } from "../ids.ts";
import type { WebhookEventDoc } from "../store/documents.ts";
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

  #emit(type: string, data: object): string[] {
    const timestamp = this.#world.clock.tick();
    const body = JSON.stringify({ type, timestamp, data });
    const made: WebhookEventDoc[] = [];
    let number = 0;
    for (const endpoint of this.#world.endpoints.values()) {
      number += 1;
      const wanted: readonly string[] = [...endpoint.events, UNKNOWN_TYPE];
      if (!endpoint.enabled || endpoint.deleted || !wanted.includes(type)) continue;
      const fault_key = this.#world.faults.count(`${number} ${type}`);
      const event = this.#world.webhookEvents.put({
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
        emitted_at: this.#world.options.realNow(),
        next_attempt_at: this.#world.options.realNow() + this.#world.faults.delayOf(fault_key),
        fault_key,
      });
      this.#world.store.putText(event.id, body);
      made.push(event);
    }
    this.#world.store.afterCommit(() => {
      for (const event of made) this.#queue.enqueue(event);
      if (made.length) this.#queue.pump();
    });
    return made.map((event) => event.id);
  }
}
