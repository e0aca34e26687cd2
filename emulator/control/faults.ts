import type { DeliveryQueue } from "../deliveries/queue.ts";
import { readFaults } from "../faults/settings.ts";
import type { Routes } from "../http/router.ts";
import type { World } from "../world.ts";

/** Faults on demand. */
export function faultRoutes(world: World, queue: DeliveryQueue): Routes {
  return {
    "GET /_emulator/faults": () => world.faults.settings,
    "PUT /_emulator/faults": ({ body }) => {
      world.faults.set(readFaults(body));
      queue.pump();
      return world.faults.settings;
    },
  };
}
