import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { enqueue } from "@/lib/jobs/enqueue";
import { isUnavailable, polar } from "@/lib/polar";
import { createTracker, reserve, spend, track } from "@/lib/usage";
import { archiveUsage } from "@/lib/usage/archive";
import { countUsage } from "@/lib/usage/count";
import { flushUsage } from "@/lib/usage/flush";
import { viewer } from "../support/buyer";
import { person } from "../support/people";
import { ownShop } from "../support/shop";
import { flushAll } from "../support/use";
import { launchWorker } from "../support/worker-process";

const shop = ownShop();
const event = "qr_code.generated";
const ingestPath = "/v1/events/ingest";

const how = ["track", "batch", "spend", "reserve"] as const;
const faults = [
  "reset",
  "reset_before_answer",
  "reset_before_work",
  "error_503",
  "rate_limit",
] as const;
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("use" as const),
      how: fc.constantFrom(...how),
      units: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
      isRepeated: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("flush" as const),
      fault: fc.option(fc.constantFrom(...faults)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("crash" as const),
      // Killed while Polar has not answered yet: before it has done the work, or after.
      isTaken: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("archive" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Use = Extract<Step, { what: "use" }>;

/** Counts one use in one of the ways there are, and tells how many units were accepted. */
async function count(
  workspaceId: string,
  { how, isRepeated }: Use,
  units: number,
  tracker: ReturnType<typeof createTracker>,
): Promise<number> {
  const options = { idempotencyKey: randomUUID() };
  const say = async (): Promise<boolean> => {
    if (how === "spend") return (await spend(workspaceId, event, { units }, options)).ok;
    if (how === "reserve") {
      const reservation = await reserve(workspaceId, event, { units }, options);
      return reservation.ok && (await reservation.commit()).ok;
    }
    await (how === "batch" ? tracker.track : track)(workspaceId, event, { units }, options);
    return true;
  };
  const accepted = await Promise.all(isRepeated ? [say(), say()] : [say()]);
  return accepted.includes(true) ? units : 0;
}

async function waiting(column: "settled_at is null" | "claimed_until > now()"): Promise<number> {
  const [found] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from usage_events
    where billable_units > 0 and settled_at is null and ${sql.raw(column)}`);
  return found?.count ?? 0;
}
const eventsAtPolar = async (): Promise<number> =>
  (
    await shop.world.call<{ pagination: { total_count: number } }>(
      "GET",
      `/v1/events/?name=${event}&limit=1`,
    )
  ).pagination.total_count;
const billable = async (): Promise<number> => {
  const [found] = await db().execute<{ count: number }>(sql`
    select (select count(*) from usage_events where billable_units > 0)::int
      + (select count(*) from usage_archive where billable_units > 0)::int as count`);
  return found?.count ?? 0;
};
/** As if the two minutes of every claim had passed. */
const passClaims = () =>
  db().execute(
    sql`update usage_events set claimed_until = now() - interval '1 second' where claimed_until is not null`,
  );

async function flushWith(fault: (typeof faults)[number] | null): Promise<void> {
  if (fault)
    await shop.buyer.faults({ api: { fault, remaining: 2, retry_after: 1, path: ingestPath } });
  await flushUsage().catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
  });
  await shop.buyer.faults();
}

/** A worker's start takes seconds where much else runs. */
const patiently = { interval: 5, timeout: 60_000 };

/** Kills a worker process with -9 while it waits for Polar's answer. */
async function crash(isTaken: boolean): Promise<void> {
  if ((await waiting("settled_at is null")) === 0) return;
  await db().execute(sql`delete from usage_pause`);
  await shop.buyer.faults({
    api: isTaken
      ? { fault: "hang", path: ingestPath }
      : { fault: null, latency_ms: 1_500, path: ingestPath },
  });
  const { child } = await launchWorker({ ...process.env, LOG_LEVEL: "silent" });
  await enqueue(db(), "flush_usage", {});
  await expect.poll(() => waiting("claimed_until > now()"), patiently).toBeGreaterThan(0);
  if (isTaken) await expect.poll(() => eventsAtPolar(), patiently).toBe(await billable());
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  await shop.buyer.faults();
  await passClaims();
}

async function archive(): Promise<void> {
  await db().execute(
    sql`update usage_events set occurred_at = occurred_at - interval '8 days'
      where settled_at is not null and billable_units > 0`,
  );
  await archiveUsage();
}

test("whatever is tracked, flushed, killed and repeated: Polar's meter and the count here are what was accepted", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
      const who = await viewer();
      await shop.buyer.buy(who, "pro-monthly");
      await pullWorkspace(who.workspaceId);
      const { id: free } = await person();
      const tracker = createTracker({ maxBatch: 5 });
      const accepted = { pro: 0, free: 0 };
      for (const step of steps) {
        if (step.what === "use") {
          const all = (id: string) =>
            Promise.all(step.units.map((units) => count(id, step, units, tracker)));
          const [pro, ofFree] = await Promise.all([all(who.workspaceId), all(free)]);
          accepted.pro += pro.reduce((sum, units) => sum + units, 0);
          accepted.free += ofFree.reduce((sum, units) => sum + units, 0);
        } else if (step.what === "flush") await flushWith(step.fault);
        else if (step.what === "crash") await crash(step.isTaken);
        else await archive();
      }
      await flushAll();
      await shop.buyer.settle();
      const { items } = await polar().customerMeters.list({
        external_customer_id: who.workspaceId,
      });
      const counted = async (id: string) =>
        await countUsage(db(), id, await readEntitlement(db(), id));
      expect({
        meter: items[0]?.consumed_units ?? 0,
        pro: (await counted(who.workspaceId)).billable,
        free: (await counted(free)).free,
      }).toEqual({ meter: accepted.pro, pro: accepted.pro, free: accepted.free });
    }),
    { numRuns: Number(process.env.USAGE_RUNS ?? 6) },
  );
});
