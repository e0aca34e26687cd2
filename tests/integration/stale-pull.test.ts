import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { pullProducts, pullWorkspace } from "@/lib/billing/mirror/pull";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import { buyerIn, viewer } from "../support/buyer";
import { startSlowAnswers } from "../support/slow-answers";
import { envelope, signed } from "../support/webhooks";
import { ownWorld, type World } from "../support/world";

let world: World;
let answers: Awaited<ReturnType<typeof startSlowAnswers>>;
beforeAll(async () => {
  world = await ownWorld();
  answers = await startSlowAnswers(world.polar.url);
  process.env.POLAR_API_URL = answers.url;
  await syncCatalog(true);
  await pullProducts();
});
afterAll(async () => {
  answers.close();
  await world.close();
  await closeDb();
});

const subscriptionOf = async (workspaceId: string) =>
  (await db().select().from(subscriptions).where(eq(subscriptions.workspaceId, workspaceId)))[0];

test("an answer that was read before a change and comes after its webhook does not undo it", async () => {
  const who = await viewer();
  await buyerIn(world).buy(who, "business-monthly");
  const read = answers.keep("/v1/subscriptions");
  const pulling = pullWorkspace(who.workspaceId);
  await read;

  const [now] = (await polar().subscriptions.list({ external_customer_id: who.workspaceId })).items;
  // As Polar tells of a change of plan that waits for the period's end: without a new modified_at.
  const pending = { product_id: "product-pro", applies_at: now?.current_period_end };
  const body = envelope(
    "subscription.updated",
    { ...now, pending_update: pending },
    new Date().toISOString(),
  );
  const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  await applyWebhook(receipt.id);
  const told = await subscriptionOf(who.workspaceId);
  expect(told?.pendingProductId).toBe("product-pro");

  await answers.free();
  await pulling;
  expect(await subscriptionOf(who.workspaceId)).toEqual({ ...told, syncedAt: expect.any(Date) });
  // What is read after it wins again: Polar does not know of the change that was invented here.
  await answers.nextSecond();
  await pullWorkspace(who.workspaceId);
  expect((await subscriptionOf(who.workspaceId))?.pendingProductId).toBeNull();
});
