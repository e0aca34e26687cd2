import type { DeliveryQueue } from "../deliveries/queue.ts";
import { notFound } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";
import { object, oneOf, optional, parse, string } from "../http/schema.ts";
import type { World } from "../world.ts";

/** What can be asked of webhooks, and told to their endpoints, beside the API. */
export function webhookControlRoutes(world: World, queue: DeliveryQueue): Routes {
  return {
    "GET /_emulator/webhooks": () => ({ undelivered: queue.undelivered }),
    "PUT /_emulator/webhooks/endpoints/{id}": ({ params, body }) => {
      const wanted = parse(
        object({ secret: optional(string({ min: 1 })), encoding: oneOf("standard", "legacy") }),
        body,
      );
      const endpoint = world.endpoints.get(params.id);
      if (!endpoint) throw notFound();
      world.store.transaction(() =>
        world.endpoints.patch(endpoint.id, {
          encoding: wanted.encoding,
          secret: wanted.secret ?? endpoint.secret,
        }),
      );
      return { id: endpoint.id, encoding: wanted.encoding };
    },
  };
}
