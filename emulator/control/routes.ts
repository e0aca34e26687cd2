import type { DeliveryQueue } from "../deliveries/queue.ts";
import type { Routes } from "../http/router.ts";
import { createOrganization } from "../resources/organizations.ts";
import type { World } from "../world.ts";
import { clockRoutes } from "./clock.ts";
import { customerControlRoutes } from "./customers.ts";
import { faultRoutes } from "./faults.ts";
import { seatRoutes } from "./seats.ts";
import { taxRoutes } from "./taxes.ts";
import { webhookControlRoutes } from "./webhooks.ts";

function resetRoutes(world: World, queue: DeliveryQueue): Routes {
  return {
    "POST /_emulator/reset": () => {
      world.reset();
      world.store.transaction(() => createOrganization(world));
      queue.resume();
      return { now: world.clock.now() };
    },
  };
}

/** What the emulator itself can be told. These are no part of Polar's API; some answer later. */
export function controlRoutes(world: World, queue: DeliveryQueue): Routes[] {
  return [
    clockRoutes(world, queue),
    customerControlRoutes(world),
    faultRoutes(world, queue),
    resetRoutes(world, queue),
    seatRoutes,
    taxRoutes,
    webhookControlRoutes(world, queue),
  ];
}
