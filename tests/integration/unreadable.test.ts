import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { customerMeters, orders, products } from "@/db/schema";
import { startCheckout } from "@/lib/billing/checkout";
import { viewCheckout } from "@/lib/billing/checkout-view";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullProducts, pullWorkspace } from "@/lib/billing/mirror/pull";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { buyerIn, viewer } from "../support/buyer";
import { startSlowAnswers } from "../support/slow-answers";
import { ownWorld, type World } from "../support/world";

let world: World;
let answers: Awaited<ReturnType<typeof startSlowAnswers>>;
beforeAll(async () => {
  world = await ownWorld();
  answers = await startSlowAnswers(world.polar.url);
  process.env.POLAR_API_URL = answers.url;
  await syncCatalog(true);
});
beforeEach(async () => {
  answers.spoil(null);
  await pullProducts();
});
afterAll(async () => {
  answers.close();
  await world.close();
  await closeDb();
});

async function bought() {
  const who = await viewer();
  const checkoutId = await buyerIn(world).buy(who, "business-monthly");
  answers.spoil({ path: "/v1/orders", field: "description" });
  return { who, checkoutId };
}

test("an order that cannot be read holds up nothing else of a pull, which then fails and names it", async () => {
  const { who } = await bought();
  await expect(pullWorkspace(who.workspaceId)).rejects.toThrow(/This order cannot be read/);
  expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("business");
  const meters = eq(customerMeters.workspaceId, who.workspaceId);
  expect(await db().select().from(customerMeters).where(meters)).toHaveLength(1);
  const ofWorkspace = eq(orders.workspaceId, who.workspaceId);
  expect(await db().select().from(orders).where(ofWorkspace)).toEqual([]);
  answers.spoil(null);
  await pullWorkspace(who.workspaceId);
  expect(await db().select().from(orders).where(ofWorkspace)).toHaveLength(1);
});

test("the success page shows what was bought all the same", async () => {
  const { who, checkoutId } = await bought();
  expect(await viewCheckout(who, checkoutId)).toMatchObject({ state: "succeeded", ready: true });
});

test("products that cannot be read are a reason to say that nothing is sold now, not an error", async () => {
  await db().delete(products);
  answers.spoil({ path: "/v1/products", field: "is_archived" });
  expect(await startCheckout(await viewer(), "business-monthly", {})).toEqual({
    failure: "unavailable",
  });
});
