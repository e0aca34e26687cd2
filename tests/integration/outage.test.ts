import { eq, sql } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { beforeAll, expect, test } from "vitest";
import { databaseAddresses } from "@/db/addresses";
import { db } from "@/db/client";
import { emails } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { startCheckout } from "@/lib/billing/checkout";
import { readEntitlement } from "@/lib/billing/entitlements";
import { refreshWorkspace } from "@/lib/billing/reconcile/refresh";
import { reconcile } from "@/lib/billing/reconcile/run";
import { tasks } from "@/lib/jobs/tasks";
import { isUnavailable, polar } from "@/lib/polar";
import { flushUsage } from "@/lib/usage/flush";
import { getUsage } from "@/lib/usage/summary";
import { viewer } from "../support/buyer";
import { toldShop } from "../support/shop";
import { use } from "../support/use";

const shop = toldShop();

let who: Viewer;

const pass = async (seconds: number) => {
  await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
  await shop.buyer.settle();
  await shop.receiver.applied();
};
/** Runs the jobs that wait, also those that have failed and would wait longer. */
async function work(): Promise<void> {
  await db().execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await runOnce({
    connectionString: databaseAddresses().direct,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: {
      pull_workspace: (payload) => tasks.pull_workspace(payload as never),
      flush_usage: () => tasks.flush_usage({}),
    },
  });
}
const waitingJobs = async () =>
  (await db().execute<{ error: string | null }>(sql`
    select last_error as error from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('pull_workspace', 'flush_usage')`)) as { error: string | null }[];
const renewals = async () =>
  (await db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId))).filter(
    ({ props }) => (props as { billingReason?: string }).billingReason === "subscription_cycle",
  );
/** How much Polar has counted in all, over every period. */
const countedAtPolar = async () => {
  const mine = { external_customer_id: who.workspaceId, name: "qr_code.generated", limit: 100 };
  const { items } = await polar().events.list(mine);
  return items.reduce(
    (sum, { metadata }) => sum + Number((metadata as { units: number }).units),
    0,
  );
};

beforeAll(async () => {
  who = await viewer();
  await shop.buyer.buy(who, "business-monthly");
  await shop.receiver.applied();
  await use(who.workspaceId, 10);
  // Half an hour before the period is over.
  const [subscription] = (
    await polar().subscriptions.list({ external_customer_id: who.workspaceId })
  ).items;
  const end = Date.parse(subscription?.current_period_end ?? "");
  const { now } = await shop.world.call<{ now: string }>("GET", "/_emulator/clock");
  await pass((end - Date.parse(now)) / 1000 - 1_800);
  await work();
});

test("an hour without Polar, first silent and then refusing: access stays, figures say their age, nothing is sold, nothing is lost", async () => {
  const before = await getUsage(who.workspaceId);
  expect(before.polarReadAt).not.toBeNull();
  expect(await countedAtPolar()).toBe(10);

  // Nothing is answered, though what is asked for may be done.
  await shop.buyer.faults({ api: { fault: "hang" } });
  const [checkout, refresh, flush] = await Promise.all([
    startCheckout(who, "pack-1000", {}),
    refreshWorkspace(who.workspaceId),
    use(who.workspaceId, 5).then(() => flushUsage().catch((error: unknown) => error)),
  ]);
  expect(checkout).toEqual({ failure: "unavailable" });
  expect(refresh).toBe("unavailable");
  expect(isUnavailable(flush)).toBe(true);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("business");

  await shop.buyer.faults({ api: { fault: "error_503" } });
  await pass(3_600);
  await work();
  expect((await waitingJobs()).map(({ error }) => error)).toContainEqual(
    expect.stringContaining("503"),
  );
  expect(await renewals()).toHaveLength(1);
  expect(await readEntitlement(db(), who.workspaceId)).toMatchObject({
    plan: "business",
    status: "active",
    readOnly: false,
  });
  expect(await use(who.workspaceId, 7)).toMatchObject({ ok: true });
  expect((await getUsage(who.workspaceId)).polarReadAt).toEqual(before.polarReadAt);
  expect(await startCheckout(who, "pack-1000", {})).toEqual({ failure: "unavailable" });

  await shop.buyer.faults();
  // What they do may bring about more of them.
  const worked = async () => {
    await work();
    await shop.buyer.settle();
    await shop.receiver.applied();
    return await waitingJobs();
  };
  await expect.poll(worked, { timeout: 20_000 }).toEqual([]);
  expect(await countedAtPolar()).toBe(22);
  const age = (await getUsage(who.workspaceId)).polarReadAt?.getTime() ?? 0;
  expect(age - (before.polarReadAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(3_600_000 - 1_000);
  expect(await renewals()).toHaveLength(1);
  expect((await reconcile()).differences).toEqual({});
}, 60_000);
