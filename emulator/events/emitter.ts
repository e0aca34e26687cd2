import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
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
    const ids = this.#emit(type, faults.strikes("unknown_field") ? fromTheFuture(data) : data);
    if (faults.strikes("unknown_type")) this.#emit("mystery.happened", data);
    return ids;
  }

  #emit(type: string, data: object): string[] {
    const timestamp = this.#world.clock.tick();
    const body = JSON.stringify({ type, timestamp, data });
    const made: WebhookEventDoc[] = [];
    for (const endpoint of this.#world.endpoints.values()) {
      const wanted: readonly string[] = [...endpoint.events, "mystery.happened"];
      if (!endpoint.enabled || endpoint.deleted || !wanted.includes(type)) continue;
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
        next_attempt_at: this.#world.options.realNow() + this.#world.faults.takeDelay(),
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

/** The data as a later version of Polar may send it. */
function fromTheFuture(data: object): object {
  return {
    ...data,
    from_the_future: { of: "a later version" },
    ...("customer_cancellation_reason" in data
      ? { customer_cancellation_reason: "from_the_future" }
      : {}),
    ...("billing_reason" in data ? { billing_reason: "from_the_future" } : {}),
  };
}
