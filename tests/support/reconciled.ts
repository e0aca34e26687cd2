import { eq } from "drizzle-orm";
import { afterEach } from "vitest";
import { db } from "@/db/client";
import { reconcileDifferences } from "@/db/schema";
import { readEntitlement } from "@/lib/billing/entitlements";
import { reconcile } from "@/lib/billing/reconcile/run";
import { polar } from "@/lib/polar";
import { viewer } from "./buyer";
import { toldShop } from "./shop";

export async function causesOf(runId: string): Promise<Record<string, string>> {
  const rows = await db()
    .select()
    .from(reconcileDifferences)
    .where(eq(reconcileDifferences.runId, runId));
  return Object.fromEntries(rows.map((row) => [row.objectId, row.cause]));
}

export const planOf = async (workspaceId: string) =>
  (await readEntitlement(db(), workspaceId)).plan;

/** A shop that is told of what happens, brought in step with Polar after each test. */
export function reconciledShop() {
  const shop = toldShop();

  afterEach(async () => {
    await shop.buyer.faults();
    shop.receiver.settings.applies = true;
    await shop.receiver.applied();
    await reconcile();
  });

  async function subscribed(options: { lost?: boolean } = {}) {
    const who = await viewer();
    if (options.lost) await shop.buyer.faults({ webhooks: { drop_share: 1 } });
    await shop.buyer.buy(who, "business-monthly");
    await shop.settled();
    const [subscription] = (
      await polar().subscriptions.list({ external_customer_id: who.workspaceId })
    ).items;
    if (!subscription) throw new Error("There is no subscription.");
    return { who, id: subscription.id };
  }

  /**
   * Bought and in step with Polar, its meters too, of which no webhook tells; some time ago. What is compared within a
   * second of a webhook counts as older than it (decision 0022).
   */
  async function inStep() {
    const bought = await subscribed();
    await later(60);
    await reconcile();
    await later(60);
    return bought;
  }

  const later = async (seconds: number) => {
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
    await shop.settled();
  };
  const clock = () => shop.world.call<{ now: string }>("GET", "/_emulator/clock");

  return { shop, subscribed, inStep, later, clock };
}
