import { db } from "@/db/client";
import type { Viewer } from "@/lib/auth";
import { findProduct, type ProductKey } from "@/lib/billing/catalog";
import { estimateChange } from "@/lib/billing/changes/estimate";
import { findManaged, type ManagedSubscription } from "@/lib/billing/changes/managed";
import { changeSubscription } from "@/lib/billing/changes/perform";
import type { Change } from "@/lib/billing/changes/request";
import { startCheckout } from "@/lib/billing/checkout";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { polar } from "@/lib/polar";
import { viewer } from "./buyer";
import { ownShop } from "./shop";

export async function managed(who: Viewer): Promise<ManagedSubscription> {
  const found = await findManaged(db(), who.workspaceId);
  if (!found) throw new Error("There is no subscription.");
  return found;
}

export function estimated(before: ManagedSubscription, target: ProductKey, at: Date) {
  const product = findProduct(target);
  if (!before.product || !product) throw new Error("nothing to compare");
  return estimateChange({ ...before, product: before.product }, product, product.amount, at);
}

export const atPolar = async (who: Viewer) =>
  (await polar().subscriptions.list({ external_customer_id: who.workspaceId })).items;
export const ordersOf = async (who: Viewer) =>
  (await polar().orders.list({ external_customer_id: who.workspaceId, limit: 100 })).items;
export const planOf = async (who: Viewer) => (await readEntitlement(db(), who.workspaceId)).product;

export async function change(who: Viewer, wanted: Change, seen?: string) {
  return await changeSubscription(who, wanted, seen ?? (await managed(who)).seen);
}
export const to = (product: ProductKey): Change => ({ action: "change_plan", product });

/** A shop of the test file's own, with what tests of changes do in it. */
export function changingShop() {
  const shop = ownShop();

  async function pass(seconds: number): Promise<void> {
    await shop.world.call("POST", "/_emulator/clock/advance", { seconds });
    await shop.buyer.settle();
  }

  /** Somebody with a paid plan that is not in its trial. */
  async function subscriber(product: ProductKey): Promise<Viewer> {
    const who = await viewer();
    await shop.buyer.buy(who, product);
    await endTrial(who);
    return who;
  }

  async function endTrial(who: Viewer): Promise<void> {
    const [subscription] = await atPolar(who);
    if (subscription?.status === "trialing") {
      await polar().subscriptions.update(subscription.id, { trial_end: "now" });
      await shop.buyer.settle();
    }
    await pullWorkspace(who.workspaceId);
  }

  let codes = 0;

  /** Somebody who bought with a code for half the price. */
  async function subscriberWithCode(product: ProductKey, terms: object): Promise<Viewer> {
    const code = `HALF${++codes}`;
    const half = { name: "Half", code, type: "percentage", basis_points: 5_000, ...terms };
    await shop.world.call("POST", "/v1/discounts/", half);
    const who = await viewer();
    const started = await startCheckout(who, product, {}, { code });
    if (!("url" in started)) throw new Error(started.failure);
    await shop.buyer.pay(started.url.split("/").at(-1) ?? "");
    await pullWorkspace(who.workspaceId);
    return who;
  }

  async function setCard(who: Viewer, number: string): Promise<void> {
    const customer = await polar().customers.getExternal(who.workspaceId);
    await shop.world.call("PUT", `/_emulator/customers/${customer.id}/card`, { number });
  }

  return { shop, pass, subscriber, endTrial, subscriberWithCode, setCard };
}
