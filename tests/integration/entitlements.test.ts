import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { closeDb, db } from "@/db/client";
import { accountDeletions, benefitGrants, subscriptions } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { storePulled } from "@/lib/billing/mirror/pull";
import { subscription } from "../support/webhooks";

afterAll(closeDb);

const at = "2026-11-01T10:00:01Z";
const planOf = async (workspaceId: string) => {
  const { plan, extraUnits } = await readEntitlement(db(), workspaceId);
  return { plan, extraUnits };
};

/** A pack of 1,000 units as Polar's payloads have it, as far as it is read. */
function pack(workspaceId: string) {
  return {
    id: randomUUID(),
    created_at: "2026-11-01T10:00:00.000003Z",
    modified_at: null,
    is_granted: true,
    revoked_at: null,
    subscription_id: null,
    order_id: randomUUID(),
    customer_id: `customer-of-${workspaceId}`,
    benefit_id: randomUUID(),
    customer: { external_id: workspaceId as string | null },
    properties: { last_credited_units: 1000 },
    benefit: { type: "meter_credit", metadata: {}, properties: { units: 1000 } },
  };
}

async function given(
  workspaceId: string,
  customer = { external_id: workspaceId as string | null },
) {
  const plan = subscription(workspaceId, { customer });
  await storePulled("subscription", plan, at, "test");
  await storePulled("benefit_grant", { ...pack(workspaceId), customer }, at, "test");
  return plan.id;
}

const nothing = { plan: "free", extraUnits: 0 };
const all = { plan: "pro", extraUnits: 1000 };

test("what Polar tells of a workspace is given to it, and to no other", async () => {
  const workspaceId = randomUUID();
  await given(workspaceId);
  expect(await planOf(workspaceId)).toEqual(all);
  expect(await planOf(randomUUID())).toEqual(nothing);
});

test("the free month is the database's, whatever the process's clock says", async () => {
  const [month] = await db().execute<{ start: string }>(sql`
    select to_char(date_trunc('month', now(), 'UTC') at time zone 'UTC', 'YYYY-MM-DD') as start`);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-05-06T07:08:09Z") });
  const { meterWindow } = await readEntitlement(db(), randomUUID()).finally(() =>
    vi.useRealTimers(),
  );
  expect(meterWindow.start.toISOString()).toBe(`${month?.start}T00:00:00.000Z`);
});

test("an object without an external id gives nothing, also not to whom Polar's customer id would lead", async () => {
  const workspaceId = randomUUID();
  const id = await given(workspaceId, { external_id: null });
  const [stored] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  expect(stored).toMatchObject({ workspaceId: null, customerId: `customer-of-${workspaceId}` });
  expect(await planOf(workspaceId)).toEqual(nothing);
});

test("what has a tombstone gives nothing", async () => {
  const workspaceId = randomUUID();
  await given(workspaceId);
  for (const table of [subscriptions, benefitGrants])
    await db().update(table).set({ deletedAt: at }).where(eq(table.workspaceId, workspaceId));
  expect(await planOf(workspaceId)).toEqual(nothing);
});

test("a subscription of a deleted workspace gives nothing, whatever Polar still tells of it", async () => {
  const workspaceId = randomUUID();
  const gone = { workspaceId, polarEndedAt: new Date(), anonymizedAt: new Date() };
  await db().insert(accountDeletions).values(gone);
  await given(workspaceId);
  expect(await planOf(workspaceId)).toEqual(nothing);
});
