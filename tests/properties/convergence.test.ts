import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { storeSnapshot } from "@/lib/billing/mirror/store";
import { subscription } from "../support/webhooks";

afterAll(closeDb);

const micro = (n: number) => String(n).padStart(6, "0");

/** A subscription's life as Polar tells it: modified_at may stay null or equal, and so may the envelope. */
const life = fc.array(
  fc.record({
    status: fc.constantFrom("trialing", "active", "past_due", "canceled"),
    cancel_at_period_end: fc.boolean(),
    touches: fc.boolean(),
    ticks: fc.boolean(),
  }),
  { minLength: 2, maxLength: 7 },
);

test("any order and repetition of the same snapshots ends in the same state", async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.infiniteStream(fc.nat()), async (steps, random) => {
      let modified: string | null = null;
      let moment = 0;
      const told = steps.map((step, index) => {
        if (step.touches) modified = `2026-11-01T10:00:01.${micro(index)}Z`;
        if (step.ticks) moment = index;
        return { ...step, modified_at: modified, at: `2026-11-01T10:00:02.${micro(moment)}Z` };
      });
      const pick = () => random.next().value as number;
      const shuffled = [...told, ...told.filter(() => pick() % 2 === 0)]
        .map((value) => ({ value, key: pick() }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value);

      const base = subscription(randomUUID());
      const play = async (deliveries: typeof told) => {
        await db().delete(subscriptions).where(eq(subscriptions.id, base.id));
        let last: Record<string, unknown> = {};
        for (const { at, touches: _, ticks: __, ...change } of deliveries) {
          const data = { ...base, ...change };
          const { row } = await db().transaction((tx) =>
            storeSnapshot(tx, "subscription", data, at, "test"),
          );
          last = row ?? {};
        }
        return {
          status: last.status,
          cancel: last.cancelAtPeriodEnd,
          version: last.versionAt,
          observed: last.observedAt,
        };
      };
      expect(await play(shuffled)).toEqual(await play(told));
    }),
    { numRuns: 40 },
  );
}, 120_000);
