import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { benefitGrants, customers, subscriptions } from "@/db/schema";
import { storePulled } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import { causesOf, planOf, reconciledShop } from "../support/reconciled";
import { envelope, signed } from "../support/webhooks";

const { shop, inStep, later, clock } = reconciledShop();

test("only what Polar says not to exist, and some time later again, gets a tombstone, and that gives no access", async () => {
  const { who, id } = await inStep();
  const [real] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  if (!real) throw new Error("not stored");
  const before = { versionAt: "2020-01-01T00:00:00Z", observedAt: "2020-01-01T00:00:00Z" };
  const invented = crypto.randomUUID();
  await db()
    .insert(subscriptions)
    .values({ ...real, ...before, id: invented });
  const causes = async () => (await causesOf((await reconcile()).runId))[invented];
  expect(await causes()).toBe("missing");
  expect(await causes()).toBe("missing");
  await later(15 * 60);
  expect(await causes()).toBe("gone");
  expect(await causes()).toBeUndefined();
  const rows = await db().select().from(subscriptions);
  expect(rows.filter(({ deletedAt }) => deletedAt).map((row) => row.id)).toEqual([invented]);
  await polar().subscriptions.revoke(id);
  await shop.settled();
  expect(await planOf(who.workspaceId)).toBe("free");
});

test("a customer that was deleted while webhooks were lost is gone here too, with the access", async () => {
  const { who, id } = await inStep();
  await shop.buyer.faults({ webhooks: { drop_share: 1 } });
  const [customer] = await db()
    .select()
    .from(customers)
    .where(eq(customers.workspaceId, who.workspaceId));
  await polar().customers.delete(customer?.id ?? "");
  await shop.settled();
  const causes = await causesOf((await reconcile()).runId);
  expect(causes[customer?.id ?? ""]).toBe("missing");
  expect(causes[id]).toBe("webhook_lost");
  expect(await planOf(who.workspaceId)).toBe("free");
  await later(15 * 60);
  expect((await causesOf((await reconcile()).runId))[customer?.id ?? ""]).toBe("gone");
  const granted = await db()
    .select({ deletedAt: benefitGrants.deletedAt })
    .from(benefitGrants)
    .where(eq(benefitGrants.workspaceId, who.workspaceId));
  expect(granted.length).toBeGreaterThan(0);
  for (const { deletedAt } of granted) expect(deletedAt).not.toBeNull();
});

test("a 404 that was wrong is forgotten once a list shows the object, and counts for no later one", async () => {
  const { who, id } = await inStep();
  await db()
    .update(subscriptions)
    .set({ missingSince: "2026-01-01T00:00:00Z" })
    .where(eq(subscriptions.id, id));
  expect((await reconcile()).differences).toEqual({});
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  expect(row).toMatchObject({ missingSince: null, deletedAt: null });
  expect(await planOf(who.workspaceId)).toBe("business");
});

test("a tombstone that is wrong is a difference, and taken back with what the customer was granted", async () => {
  const { who, id } = await inStep();
  const ofWorkspace = { deletedAt: "2026-01-01T00:00:00Z", missingSince: "2026-01-01T00:00:00Z" };
  for (const table of [customers, subscriptions, benefitGrants])
    await db().update(table).set(ofWorkspace).where(eq(table.workspaceId, who.workspaceId));
  expect(await planOf(who.workspaceId)).toBe("free");
  const causes = await causesOf((await reconcile()).runId);
  expect(Object.keys(causes)).toHaveLength(4);
  expect(causes[id]).toBe("overwritten");
  expect(await planOf(who.workspaceId)).toBe("business");
  expect((await reconcile()).differences).toEqual({});
});

test("a webhook of later than a wrong tombstone takes it back, one of earlier does not", async () => {
  const { who, id } = await inStep();
  await later(60);
  const buried = new Date(Date.parse((await clock()).now)).toISOString();
  await db().update(subscriptions).set({ deletedAt: buried }).where(eq(subscriptions.id, id));
  const tell = async (at: string) => {
    const body = envelope("subscription.updated", await polar().subscriptions.get(id), at);
    const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
    const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
    if (receipt.status !== "stored") throw new Error(receipt.status);
    await applyInbox();
    return await planOf(who.workspaceId);
  };
  const around = (ms: number) => new Date(Date.parse(buried) + ms).toISOString();
  expect(await tell(around(-1_000))).toBe("free");
  expect(await tell(around(1_000))).toBe("business");
});

test("a customer of whom Polar told that it is deleted stays so, whatever is told later", async () => {
  const { who } = await inStep();
  const [customer] = await db()
    .select()
    .from(customers)
    .where(eq(customers.workspaceId, who.workspaceId));
  if (!customer) throw new Error("not stored");
  const alive = await polar().customers.get(customer.id);
  await polar().customers.delete(customer.id);
  await shop.settled();
  const ahead = new Date(Date.parse((await clock()).now) + 3_600_000).toISOString();
  await storePulled("customer", alive, ahead, "test");
  const [after] = await db().select().from(customers).where(eq(customers.id, customer.id));
  expect(after?.deletedAt).not.toBeNull();
});
