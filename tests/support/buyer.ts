import type { Viewer } from "@/lib/auth";
import { startCheckout } from "@/lib/billing/checkout";
import { polar } from "@/lib/polar";
import { person } from "./people";
import type { World } from "./world";

/** Somebody who is signed in. */
export async function viewer(): Promise<Viewer> {
  const { id, email } = await person();
  return { userId: id, workspaceId: id, email, name: null, image: null };
}

/** What a buyer does in a world of a test's own. */
export function buyerIn(world: World) {
  const settle = () => world.call("POST", "/_emulator/settle", {});
  return {
    settle,
    faults: (settings: object = {}) => world.call("PUT", "/_emulator/faults", settings),
    /** Pays one of the local Polar's checkouts. */
    async pay(clientSecret: string, card = "4242424242424242"): Promise<void> {
      await world.call("POST", `/v1/checkouts/client/${clientSecret}/confirm`, {
        customer_name: "Ada Lovelace",
        customer_billing_address: { country: "US" },
        confirmation_token_id: card,
      });
      await settle();
    },
    /** Buys a product through the app's checkout and returns the checkout's id. */
    async buy(who: Viewer, product: string, card?: string): Promise<string> {
      const started = await startCheckout(who, product, {});
      if (!("url" in started)) throw new Error(started.failure);
      await this.pay(started.url.split("/").at(-1) ?? "", card);
      const { items } = await polar().checkouts.list({ external_customer_id: who.workspaceId });
      return items[0]?.id ?? "";
    },
  };
}
