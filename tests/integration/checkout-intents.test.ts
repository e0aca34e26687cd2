import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { checkoutIntents } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { startCheckout } from "@/lib/billing/checkout";
import { abandonCheckouts, reflectCheckout } from "@/lib/billing/checkout-intents";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { tell } from "../support/deliver";
import { ownShop } from "../support/shop";
import { order } from "../support/webhooks";

ownShop();

describe("checkouts", () => {
  const intentOf = async (who: Viewer) =>
    (
      await db()
        .select()
        .from(checkoutIntents)
        .where(eq(checkoutIntents.workspaceId, who.workspaceId))
    )[0];
  const begin = async (who: Viewer) => {
    await startCheckout(who, "pack-1000", {});
    const { items } = await polar().checkouts.list({ external_customer_id: who.workspaceId });
    const [checkout] = items;
    if (!checkout) throw new Error("There is no checkout.");
    return checkout;
  };

  test.each([
    ["open", "open"],
    ["confirmed", "confirmed"],
    ["succeeded", "succeeded"],
    ["failed", "failed"],
    ["expired", "abandoned"],
  ])(
    "one that is %s makes its intent %s, and an older event changes nothing",
    async (status, expected) => {
      const who = await viewer();
      const checkout = await begin(who);
      expect((await intentOf(who))?.status).toBe("open");
      const late = { ...checkout, status, modified_at: "2027-01-01T00:00:02.000000Z" };
      await tell("checkout.updated", late, "2027-01-01T00:00:03.000000Z");
      await tell("checkout.created", checkout, "2026-01-01T00:00:00.000000Z");
      expect(await intentOf(who)).toMatchObject({
        status: expected,
        polarCheckoutId: checkout.id,
      });
    },
  );

  test("a paid order says that it succeeded, though the checkout's own events are lost", async () => {
    const who = await viewer();
    const { id } = await begin(who);
    await tell("order.paid", order(who.workspaceId, { checkout_id: id }));
    expect((await intentOf(who))?.status).toBe("succeeded");
  });

  test("one that was never finished is abandoned after a day, unless it succeeds after all", async () => {
    const who = await viewer();
    const checkout = await begin(who);
    const age = (hours: number) =>
      db()
        .update(checkoutIntents)
        .set({ createdAt: new Date(Date.now() - hours * 3_600_000) })
        .where(eq(checkoutIntents.workspaceId, who.workspaceId));
    await age(24);
    await abandonCheckouts();
    expect((await intentOf(who))?.status).toBe("open");
    await age(26);
    await abandonCheckouts();
    expect((await intentOf(who))?.status).toBe("abandoned");
    await tell("checkout.updated", {
      ...checkout,
      status: "succeeded",
      modified_at: "2027-01-01T00:00:02.000000Z",
    });
    expect((await intentOf(who))?.status).toBe("succeeded");
  });

  test("an event that came before Polar's answer counts once the answer is here", async () => {
    const who = await viewer();
    const checkout = await begin(who);
    const intents = eq(checkoutIntents.workspaceId, who.workspaceId);
    await db()
      .update(checkoutIntents)
      .set({ status: "pending", polarCheckoutId: null })
      .where(intents);
    await tell("checkout.updated", {
      ...checkout,
      status: "confirmed",
      modified_at: "2027-01-01T00:00:02.000000Z",
    });
    expect((await intentOf(who))?.status).toBe("pending");
    await db().update(checkoutIntents).set({ polarCheckoutId: checkout.id }).where(intents);
    await db().transaction((tx) => reflectCheckout(tx, checkout.id));
    expect((await intentOf(who))?.status).toBe("confirmed");
  });
});
