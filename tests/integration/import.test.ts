import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, users } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { type ImportOutcome, importCustomers } from "@/lib/billing/import";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { polar } from "@/lib/polar";
import { person } from "../support/people";
import { toldShop } from "../support/shop";

const shop = toldShop();

let owner: { id: string; email: string };
const customers: Record<string, string> = {};
const expected: Record<string, ImportOutcome> = {};

async function customer(name: ImportOutcome, email: string, external_id?: string): Promise<void> {
  const made = await polar().customers.create({
    email,
    ...(external_id ? { external_id } : {}),
  });
  customers[name] = made.id;
  expected[made.id] = name;
}

async function run(apply: boolean): Promise<Record<string, ImportOutcome>> {
  const found: Record<string, ImportOutcome> = {};
  for await (const { customer, outcome } of importCustomers(apply)) found[customer.id] = outcome;
  return found;
}

beforeAll(async () => {
  owner = await person();
  const stranger = randomUUID();
  await customer("adopted", owner.email.toUpperCase());
  await customer("unmatched", `${stranger}@example.com`);
  await customer("foreign_id", `foreign-${stranger}@example.com`, "another-system-7");
  const linked = await person();
  await customer("linked", linked.email, linked.id);
  const unverified = await person();
  await db().update(users).set({ emailVerified: null }).where(eq(users.id, unverified.id));
  await customer("unverified", unverified.email);
  const [one, other] = [await person(), await person()];
  await db().update(users).set({ email: one.email.toUpperCase() }).where(eq(users.id, other.id));
  await customer("ambiguous", one.email);
  const moved = await person();
  await polar().customers.create({ email: `old-${moved.email}`, external_id: moved.id });
  await customer("workspace_taken", moved.email);
  expected[(await polar().customers.getExternal(moved.id)).id] = "linked";

  const products = (await polar().products.list({ limit: 100 })).items;
  const pro = products.find(({ metadata }) => metadata.catalog_key === "business-monthly");
  const checkout = await polar().checkouts.create({
    products: [pro?.id ?? ""],
    customer_id: customers.adopted ?? "",
  });
  await shop.buyer.pay(checkout.client_secret);
  const [order] = (await polar().orders.list({ customer_id: customers.adopted ?? "" })).items;
  await shop.world.call("POST", "/v1/refunds/", {
    order_id: order?.id,
    reason: "customer_request",
    amount: 100,
  });
  await shop.buyer.settle();
  await shop.receiver.applied();
  await reconcile();
});

const externalId = async (name: ImportOutcome) =>
  (await polar().customers.get(customers[name] ?? "")).external_id;

test("a dry run tells what would become of each customer, and changes nothing", async () => {
  expect(await run(false)).toEqual(expected);
  expect(await externalId("adopted")).toBeNull();
  expect((await readEntitlement(db(), owner.id)).plan).toBe("free");
});

test("applied, the proven address gets its customer with what it has bought, and no mail of it", async () => {
  expect(await run(true)).toEqual(expected);
  expect(await externalId("adopted")).toBe(owner.id);
  expect((await readEntitlement(db(), owner.id)).plan).toBe("business");
  await shop.buyer.settle();
  await shop.receiver.applied();
  // As the job does that the customer's webhook has asked for.
  await pullWorkspace(owner.id);
  expect(await db().select().from(emails)).toEqual([]);
  for (const name of ["unmatched", "ambiguous", "unverified", "workspace_taken"] as const)
    expect(await externalId(name)).toBeNull();
});

test("a second import finds nothing more to adopt", async () => {
  expect(await run(true)).toEqual({ ...expected, [customers.adopted ?? ""]: "linked" });
});
