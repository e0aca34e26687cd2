import type { models } from "@polar-sh/sdk/2026-10";
import type { DeliveryQueue } from "../deliveries/queue.ts";
import { newId } from "../ids.ts";
import type { WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** What has happened, as every endpoint is told of it. */
export interface Emission {
  type: models.WebhookEventType;
  timestamp: string;
  data: unknown;
}

/** Turns what happens into webhook events: one for each endpoint that asks for the type. */
export class Emitter {
  readonly #world: World;
  readonly #queue: DeliveryQueue;
  readonly #listeners = new Set<(emission: Emission) => void>();

  constructor(world: World, queue: DeliveryQueue) {
    this.#world = world;
    this.#queue = queue;
  }

  /**
   * Emits within the running transaction. The payload is frozen here: later changes of the data do not
   * reach it. Returns the ids of the events made.
   */
  emit(type: models.WebhookEventType, data: object): string[] {
    const timestamp = this.#world.clock.tick();
    const body = JSON.stringify({ type, timestamp, data });
    const made: WebhookEventDoc[] = [];
    for (const endpoint of this.#world.endpoints.values()) {
      if (!endpoint.enabled || endpoint.deleted || !endpoint.events.includes(type)) continue;
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
        next_attempt_at: 0,
      });
      this.#world.store.putText(event.id, body);
      made.push(event);
    }
    this.#world.store.afterCommit(() => {
      for (const event of made) this.#queue.enqueue(event);
      if (made.length) this.#queue.pump();
      for (const listener of this.#listeners) listener(JSON.parse(body));
    });
    return made.map((event) => event.id);
  }

  /** Calls `listener` after the commit of everything emitted; returns how to stop that. */
  listen(listener: (emission: Emission) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
