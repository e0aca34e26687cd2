import type { Viewer } from "@/lib/auth";
import { startCheckout } from "@/lib/billing/checkout";
import { polar } from "@/lib/polar";
import { buyerIn, viewer } from "./buyer";
import { flushAll, use } from "./use";
import type { World } from "./world";

const products = [
  "pro-monthly",
  "business-monthly",
  "pack-1000",
  "pro-yearly",
  "business-yearly",
] as const;
const FAILS_LATER = "4000000000000341";

/** A tenth of deliveries lost, a tenth doubled, in any order; a twentieth of calls refused, by turns as 503 and 429. */
export const faultsOf = (seed: number) => ({
  seed,
  webhooks: { drop_share: 0.1, duplicate: 0.1, shuffle_ms: 150 },
  api: { fault: seed % 2 ? "error_503" : "rate_limit", share: 0.05, retry_after: 1 },
});

/** What a person does when a page says that it did not work: it again. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
}

/**
 * A simulated month of `count` customers on the local Polar, all of it under faults: they buy, use, cancel,
 * ask for their money back, change plans, and some cards stop paying, until every monthly plan has renewed.
 */
export async function faultyMonth(world: World, count: number): Promise<Viewer[]> {
  const buyer = buyerIn(world);
  const day = (days: number) =>
    world.call("POST", "/_emulator/clock/advance", { seconds: days * 86_400 });
  const people: Viewer[] = [];

  for (let index = 0; index < count; index++) {
    await buyer.faults(faultsOf(index));
    const who = await viewer();
    people.push(who);
    const checkout = await again(async () => {
      const started = await startCheckout(who, products[index % products.length] ?? "", {});
      if (!("url" in started)) throw new Error(started.failure);
      return started.url;
    });
    await again(() => buyer.pay(checkout.split("/").at(-1) ?? ""));
    await use(who.workspaceId, 1 + index);
  }
  await again(flushAll);

  const mine = (who: Viewer) => ({ external_customer_id: who.workspaceId, limit: 1 });
  for (const [index, who] of people.entries()) {
    await buyer.faults(faultsOf(count + index));
    if (index % 25 === 0) await day(25 / Math.ceil(count / 25));
    const [subscription] = (await again(() => polar().subscriptions.list(mine(who)))).items;
    const [order] = (await again(() => polar().orders.list(mine(who)))).items;
    const change = (body: object) =>
      again(() => world.call("PATCH", `/v1/subscriptions/${subscription?.id}`, body));
    if (index % 7 === 2 && order && order.net_amount > 0)
      await again(() =>
        world.call("POST", "/v1/refunds/", {
          order_id: order.id,
          reason: "customer_request",
          amount: Math.floor(order.net_amount / (index % 2 ? 1 : 2)),
        }),
      );
    if (!subscription) continue;
    if (index % 6 === 1) await change({ cancel_at_period_end: true });
    if (index % 6 === 3)
      await world.call("PUT", `/_emulator/customers/${subscription.customer_id}/card`, {
        number: FAILS_LATER,
      });
    if (index % 6 === 5) await change({ revoke: true });
  }
  await day(10);
  await buyer.settle();
  return people;
}
