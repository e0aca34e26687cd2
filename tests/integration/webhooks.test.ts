import { randomUUID } from "node:crypto";
import { eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { emails, orders, sideEffects, subscriptions, webhookInbox } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { person } from "../support/people";
import { envelope, order, signed, subscription } from "../support/webhooks";

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";

async function deliver(body: string, id: string = randomUUID()) {
  return await receiveWebhook(body, new Headers(signed(body, secret, id)));
}

async function deliverAndApply(body: string) {
  const receipt = await deliver(body);
  if (receipt.status !== "stored") throw new Error(receipt.status);
  return await applyWebhook(receipt.id);
}

let workspaceId: string;
beforeAll(async () => {
  workspaceId = (await person()).id;
});
afterAll(closeDb);

test("a delivery is stored once, however often it comes", async () => {
  const id = randomUUID();
  const body = envelope("subscription.created", subscription(randomUUID()));
  expect((await deliver(body, id)).status).toBe("stored");
  expect((await deliver(body, id)).status).toBe("stored");
  const rows = await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, id));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.body).toBe(body);
});

test("both key encodings are accepted, and each of several secrets", async () => {
  const body = envelope("customer.state_changed", {});
  const legacy = `whsec_${Buffer.from(secret, "utf8").toString("base64")}`;
  expect((await receiveWebhook(body, new Headers(signed(body, legacy)))).status).toBe("stored");
});

test.each([
  ["a wrong secret", (body: string) => signed(body, "whsec_AAAAAAAAAAAAAAAAAAAAAAAA")],
  [
    "a stale timestamp",
    (body: string) => signed(body, secret, randomUUID(), Math.floor(Date.now() / 1000) - 301),
  ],
  [
    "a timestamp of tomorrow",
    (body: string) => signed(body, secret, randomUUID(), Math.floor(Date.now() / 1000) + 301),
  ],
  ["another body's signature", () => signed("{}", secret)],
  ["no signature", () => ({})],
])("%s is refused and stores nothing", async (_, headersFor) => {
  const body = envelope("subscription.active", subscription(randomUUID()));
  const headers = new Headers(headersFor(body) as Record<string, string>);
  expect((await receiveWebhook(body, headers)).status).toBe("forged");
  const id = headers.get("webhook-id");
  if (id)
    expect(await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, id))).toEqual(
      [],
    );
});

test("a signed body that is no event is malformed", async () => {
  expect((await deliver("not json")).status).toBe("malformed");
  expect((await deliver("[]")).status).toBe("malformed");
});

test("an unknown type is stored and settled without effect", async () => {
  expect(await deliverAndApply(envelope("comet.sighted", { id: "x" }))).toBe("ignored");
});

test("unknown statuses and extra fields are stored and break nothing", async () => {
  const data = { ...subscription(workspaceId), status: "hibernating", brand_new_field: { a: 1 } };
  expect(await deliverAndApply(envelope("subscription.updated", data))).toBe("applied");
  expect((await readEntitlement(db(), workspaceId)).plan).toBe("free");
});

test("a late revoked does not undo a newer active", async () => {
  const owner = (await person()).id;
  const current = subscription(owner, { modified_at: "2026-11-10T00:00:00.000009Z" });
  const late = { ...current, status: "canceled", modified_at: "2026-11-10T00:00:00.000008Z" };
  await deliverAndApply(envelope("subscription.active", current, "2026-11-10T00:00:01.000002Z"));
  await deliverAndApply(envelope("subscription.revoked", late, "2026-11-10T00:00:01.000001Z"));
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, current.id));
  expect(row?.status).toBe("active");
  expect((await readEntitlement(db(), owner)).plan).toBe("pro");
});

test("of equal versions the one that Polar told later wins, to the microsecond", async () => {
  const owner = (await person()).id;
  const first = subscription(owner);
  const second = { ...first, cancel_at_period_end: true };
  await deliverAndApply(envelope("subscription.canceled", second, "2026-11-10T00:00:01.000002Z"));
  await deliverAndApply(envelope("subscription.updated", first, "2026-11-10T00:00:01.000001Z"));
  expect((await readEntitlement(db(), owner)).cancelAtPeriodEnd).toBe(true);
});

test("an order is fulfilled once, also when its refund is seen first", async () => {
  const owner = (await person()).id;
  const paid = order(owner);
  const refunded = {
    ...paid,
    status: "refunded",
    refunded_amount: 1900,
    modified_at: "2026-11-02T00:00:00.000000Z",
  };
  await deliverAndApply(envelope("order.refunded", refunded, "2026-11-02T00:00:01.000000Z"));
  await deliverAndApply(envelope("order.paid", paid, "2026-11-01T10:00:03.000000Z"));
  await deliverAndApply(envelope("order.created", paid, "2026-11-01T10:00:02.000000Z"));
  const [row] = await db().select().from(orders).where(eq(orders.id, paid.id));
  expect(row?.status).toBe("refunded");
  expect(
    await db()
      .select()
      .from(sideEffects)
      .where(like(sideEffects.key, `%${paid.id}`)),
  ).toHaveLength(1);
  expect(await db().select().from(emails).where(eq(emails.workspaceId, owner))).toHaveLength(1);
});

test("an object of a customer without our id is nobody's; once the customer is linked, it is asked for by that id", async () => {
  const owner = (await person()).id;
  const orphan = { ...subscription(owner), customer: { external_id: null } };
  await deliverAndApply(envelope("subscription.active", orphan));
  expect((await readEntitlement(db(), owner)).plan).toBe("free");
  await deliverAndApply(
    envelope("customer.updated", {
      id: orphan.customer_id,
      created_at: "2026-10-01T00:00:00Z",
      modified_at: null,
      external_id: owner,
      email: "a@example.com",
      deleted_at: null,
    }),
  );
  const waiting = await db().execute(
    sql`select 1 from graphile_worker.jobs where key = ${`pull:${owner}`}`,
  );
  expect(waiting).toHaveLength(1);
});

test("an event that cannot be applied stays, with its reason, and is due again later", async () => {
  const receipt = await deliver(envelope("subscription.updated", { id: "broken" }));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  expect(await applyWebhook(receipt.id)).toBeNull();
  const [row] = await db()
    .select({
      status: webhookInbox.status,
      attempts: webhookInbox.attempts,
      error: webhookInbox.lastError,
      later: sql<boolean>`next_attempt_at > now()`,
    })
    .from(webhookInbox)
    .where(eq(webhookInbox.webhookId, receipt.id));
  expect(row).toMatchObject({ status: "pending", attempts: 1, later: true });
  expect(row?.error).toContain("created_at");
});

test("what changes a customer and what says that it changed are applied at once, and none waits for the other", async () => {
  const { id } = await person();
  const customer = (n: number) => ({
    id: `customer-of-${id}`,
    created_at: "2026-11-01T10:00:00.000001Z",
    modified_at: new Date(Date.UTC(2026, 10, 2, 0, 0, n)).toISOString(),
    email: `${n}@example.com`,
    external_id: id,
    deleted_at: null,
  });
  const bodies = Array.from({ length: 30 }, (_, n) =>
    n % 2
      ? envelope("customer.updated", customer(n))
      : envelope("customer.state_changed", customer(n)),
  );
  expect(await Promise.all(bodies.map(deliverAndApply))).toEqual(bodies.map(() => "applied"));
});
