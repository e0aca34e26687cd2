import type { DeliveryQueue } from "../deliveries/queue.ts";
import { invalidRequest, invalidValue } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";
import { boolean, instant, number, object, optional, parse } from "../http/schema.ts";
import { addSeconds } from "../time.ts";
import type { World } from "../world.ts";
import { advance, nextDue, settle } from "./passing.ts";

/** Dates up to here keep their microseconds as whole numbers. */
const LATEST = "2200-01-01T00:00:00.000000Z";
const CENTURY_SECONDS = 100 * 366 * 86_400;

const advancement = object({
  seconds: optional(number({ min: 0, max: CENTURY_SECONDS })),
  to: optional(instant()),
  to_next: optional(boolean()),
});

/** The simulated clock, and the work that waits for a moment only. */
export function clockRoutes(world: World, queue: DeliveryQueue): Routes {
  const clock = () => ({ now: world.clock.now() });
  return {
    "GET /_emulator/clock": clock,
    "POST /_emulator/clock/advance": async ({ body }) => {
      const wanted = parse(advancement, body);
      if (wanted.to_next) {
        await settle(world, queue);
        const next = nextDue(world);
        if (next) await advance(world, queue, next);
        return clock();
      }
      if (wanted.seconds === undefined && wanted.to === undefined)
        throw invalidRequest([
          { type: "missing", loc: ["body", "seconds"], msg: "Field required", input: null },
        ]);
      const target = wanted.to ?? addSeconds(world.clock.now(), wanted.seconds ?? 0);
      if (target < world.clock.now())
        throw invalidValue(["body", "to"], "The clock does not run backwards.", target);
      if (target > LATEST)
        throw invalidValue(["body", "to"], `The clock goes no further than ${LATEST}.`, target);
      await advance(world, queue, target);
      return clock();
    },
    "POST /_emulator/settle": async () => {
      await settle(world, queue);
      return clock();
    },
  };
}
