import type { DeliveryQueue } from "../deliveries/queue.ts";
import { API_FAULTS, type ApiFault, quiet } from "../faults.ts";
import type { Routes } from "../http/router.ts";
import {
  boolean,
  integer,
  number,
  object,
  oneOf,
  parse,
  string,
  withDefault,
} from "../http/schema.ts";
import type { World } from "../world.ts";

const share = withDefault(number({ min: 0, max: 1 }), 0);
const nothing = quiet();

const faultSettings = object({
  seed: withDefault(integer({ min: 0 }), nothing.seed),
  api: withDefault(
    object({
      fault: withDefault<ApiFault | null>(oneOf(...API_FAULTS), null),
      remaining: withDefault<number | null>(integer({ min: 0 }), null),
      share: withDefault(number({ min: 0, max: 1 }), 1),
      path: withDefault(string(), nothing.api.path),
      retry_after: withDefault(integer({ min: 0 }), nothing.api.retry_after),
      latency_ms: withDefault(integer({ min: 0, max: 60_000 }), 0),
    }),
    nothing.api,
  ),
  webhooks: withDefault(
    object({
      hold: withDefault(boolean(), false),
      drop: withDefault(integer({ min: 0 }), 0),
      duplicate: share,
      shuffle_ms: withDefault(integer({ min: 0, max: 600_000 }), 0),
      bad_signature: share,
      old_timestamp: share,
      unknown_type: share,
      unknown_field: share,
    }),
    nothing.webhooks,
  ),
});

/** Faults on demand. */
export function faultRoutes(world: World, queue: DeliveryQueue): Routes {
  return {
    "GET /_emulator/faults": () => world.faults.settings,
    "PUT /_emulator/faults": ({ body }) => {
      const { seed, api, webhooks } = parse(faultSettings, body ?? {});
      world.faults.set({ seed, api: { ...api }, webhooks: { ...webhooks } });
      queue.pump();
      return world.faults.settings;
    },
  };
}
