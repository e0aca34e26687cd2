import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/auth";
import { findManaged } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
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
/** Mostly a few; sometimes as much as takes an allowance and packs up. */
const units = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 6_000 }) },
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("use" as const),
      how: fc.constantFrom(...how),
      units: fc.array(units, { minLength: 1, maxLength: 12 }),
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
  { weight: 1, arbitrary: fc.record({ what: fc.constant("pack" as const) }) },
  // Renewed at Polar: what waits is of the new window.
  { weight: 1, arbitrary: fc.record({ what: fc.constant("renewal" as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("plan" as const) }) },
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
  const options = { idempotencyKey: randomUUID(), source: `key-${units % 3}` };
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

const pull = async ({ workspaceId }: Viewer): Promise<void> => {
  await shop.buyer.settle();
  await pullWorkspace(workspaceId);
};

/** What waits is of the new window, unless an answer was lost: then nobody knows which one Polar took it in (0024). */
async function renew(wasAnswerLost: boolean): Promise<void> {
  if (wasAnswerLost) await flushAll();
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds: 32 * 86_400 });
}

/** From the smaller metered plan to the bigger, or back, at once. */
async function changePlan(who: Viewer): Promise<void> {
  const found = await findManaged(db(), who.workspaceId);
  if (!found) throw new Error("There is no subscription.");
  const product = found.product?.key === "pro-monthly" ? "business-monthly" : "pro-monthly";
  await changeSubscription(who, { action: "change_plan", product }, found.seen);
}

async function subscribed(): Promise<Viewer> {
  const who = await viewer();
  await shop.buyer.buy(who, "pro-monthly");
  const { items } = await polar().subscriptions.list({ external_customer_id: who.workspaceId });
  // A trial's end is a window's end, too close to the first uses for what knows Polar's moments to the second.
  await polar().subscriptions.update(items[0]?.id ?? "", { trial_end: "now" });
  await pull(who);
  return who;
}

/** What is written down of a workspace: by use, and by each of the sums. */
async function written(id: string) {
  const columns = sql`coalesce(sum(billable_units), 0)::int as billable, coalesce(sum(free_units), 0)::int as free,
    coalesce(sum(kept_units), 0)::int as kept, coalesce(sum(pack_units), 0)::int as pack`;
  const [uses] = await db().execute(sql`
    select coalesce(sum(units), 0)::int as units, coalesce(sum(billable_units), 0)::int as billable,
      coalesce(sum(kept_units), 0)::int as kept
    from (select workspace_id, units, billable_units, kept_units from usage_events
      union all select workspace_id, units, billable_units, kept_units from usage_archive) as uses
    where workspace_id = ${id}`);
  const sums = ["usage_hours", "usage_days", "usage_totals"].map(async (table) => {
    const [row] = await db().execute(
      sql`select ${columns} from ${sql.identifier(table)} where workspace_id = ${id}`,
    );
    return row;
  });
  const [packs] = await db().execute(
    sql`select coalesce(sum(pack_units), 0)::int as pack from pack_totals where workspace_id = ${id}`,
  );
  const [hours, days, totals] = await Promise.all(sums);
  return { uses, hours, days, totals, packs };
}

const eventUnits = async ({ workspaceId }: Viewer): Promise<number> => {
  const { items } = await polar().events.list({
    external_customer_id: workspaceId,
    name: event,
    limit: 100,
  });
  return items.reduce(
    (sum, use) => sum + ("units" in use.metadata ? Number(use.metadata.units) : 0),
    0,
  );
};

test("whatever is tracked, flushed, killed and repeated: Polar's meter and the count here are what was accepted", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
      const who = await subscribed();
      const { id: free } = await person();
      const tracker = createTracker({ maxBatch: 5 });
      const accepted = { metered: 0, free: 0 };
      let wasAnswerLost = false;
      for (const step of steps) {
        if (step.what === "use") {
          const all = (id: string) =>
            Promise.all(step.units.map((units) => count(id, step, units, tracker)));
          const [metered, ofFree] = await Promise.all([all(who.workspaceId), all(free)]);
          accepted.metered += metered.reduce((sum, units) => sum + units, 0);
          accepted.free += ofFree.reduce((sum, units) => sum + units, 0);
        } else if (step.what === "flush") await flushWith(step.fault);
        else if (step.what === "crash") await crash(step.isTaken);
        else if (step.what === "archive") await archive();
        else if (step.what === "renewal") await renew(wasAnswerLost);
        else if (step.what === "pack") await shop.buyer.buy(who, "pack-1000");
        else await changePlan(who);
        await pull(who);
        if (step.what === "flush") wasAnswerLost = step.fault !== null;
        else wasAnswerLost ||= step.what === "crash";
      }
      await flushAll();
      await pull(who);
      const { items } = await polar().customerMeters.list({
        external_customer_id: who.workspaceId,
      });
      const counted = async (id: string) =>
        await countUsage(db(), id, await readEntitlement(db(), id));
      const { uses, hours, days, totals, packs } = await written(who.workspaceId);
      const { billable, kept, packEver } = await counted(who.workspaceId);
      // Every unit is written down once, and Polar has all but those that it would charge for twice.
      expect(uses).toEqual({
        units: accepted.metered,
        billable: await eventUnits(who),
        kept: accepted.metered - (await eventUnits(who)),
      });
      expect({ meter: items[0]?.consumed_units ?? 0, free: (await counted(free)).free }).toEqual({
        meter: billable,
        free: accepted.free,
      });
      expect(uses).toMatchObject({ billable: hours?.billable, kept: hours?.kept });
      expect([days, totals]).toEqual([hours, hours]);
      expect([packs?.pack, packEver]).toEqual([hours?.pack, hours?.pack]);
      expect(kept).toBeLessThanOrEqual(packEver);
    }),
    { numRuns: Number(process.env.USAGE_RUNS ?? 8) },
  );
});
