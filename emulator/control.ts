import type { DeliveryQueue } from "./deliveries/queue.ts";
import { readCard } from "./engine/cards.ts";
import { API_FAULTS, type ApiFault, quiet } from "./faults.ts";
import { invalidRequest, invalidValue, notFound } from "./http/errors.ts";
import type { Routes } from "./http/router.ts";
import {
  boolean,
  instant,
  integer,
  number,
  object,
  oneOf,
  optional,
  parse,
  string,
  withDefault,
} from "./http/schema.ts";
import { createOrganization } from "./resources/organizations.ts";
import { addSeconds, toMicros } from "./time.ts";
import type { World } from "./world.ts";

/** Jobs done between two chances for the server to answer and to deliver. */
const JOBS_A_STEP = 50;

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

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Does what waits for a moment only and waits until its webhooks have been tried. */
async function settle(world: World, queue: DeliveryQueue): Promise<void> {
  do {
    world.scheduler.runSoon();
    await queue.attempted();
  } while (world.scheduler.runSoon() > 0);
}

async function advance(world: World, queue: DeliveryQueue, target: string): Promise<void> {
  await settle(world, queue);
  while (!world.scheduler.stepTo(toMicros(target), JOBS_A_STEP).done) await breathe();
  await settle(world, queue);
}

/** What the emulator itself can be told. These are no part of Polar's API; some answer later. */
export function controlRoutes(world: World, queue: DeliveryQueue): Routes {
  const clock = () => ({ now: world.clock.now() });
  return {
    "GET /_emulator/clock": clock,
    "POST /_emulator/clock/advance": async ({ body }) => {
      const wanted = parse(
        object({ seconds: optional(number({ min: 0 })), to: optional(instant()) }),
        body,
      );
      if (wanted.seconds === undefined && wanted.to === undefined)
        throw invalidRequest([
          { type: "missing", loc: ["body", "seconds"], msg: "Field required", input: null },
        ]);
      const target = wanted.to ?? addSeconds(world.clock.now(), wanted.seconds ?? 0);
      if (target < world.clock.now())
        throw invalidValue(["body", "to"], "The clock does not run backwards.", target);
      await advance(world, queue, target);
      return clock();
    },
    "POST /_emulator/settle": async () => {
      await settle(world, queue);
      return clock();
    },
    "GET /_emulator/faults": () => world.faults.settings,
    "PUT /_emulator/faults": ({ body }) => {
      const { seed, api, webhooks } = parse(faultSettings, body ?? {});
      world.faults.set({ seed, api: { ...api }, webhooks: { ...webhooks } });
      queue.pump();
      return world.faults.settings;
    },
    "GET /_emulator/webhooks": () => ({ undelivered: queue.undelivered }),
    "PUT /_emulator/customers/{id}/card": ({ params, body }) => {
      const { number: digits } = parse(object({ number: string() }), body);
      const customer = world.customers.get(params.id);
      if (!customer) throw notFound();
      const read = readCard(
        { number: digits, expiry: "12/40", cvc: "123" },
        { year: 2026, month: 1 },
      );
      if ("errors" in read) throw invalidValue(["body", "number"], "Invalid card number.", digits);
      const { card } = read;
      world.store.transaction(() => world.customers.patch(customer.id, { card }));
      return { brand: card.brand, last4: card.last4 };
    },
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
    "POST /_emulator/reset": () => {
      world.reset();
      world.store.transaction(() => createOrganization(world));
      queue.resume();
      return clock();
    },
  };
}
