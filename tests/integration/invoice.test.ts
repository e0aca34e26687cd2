import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { orders } from "@/db/schema";
import { findInvoice } from "@/lib/billing/invoice";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { viewer } from "../support/buyer";
import { tell } from "../support/deliver";
import { ownShop } from "../support/shop";
import { order } from "../support/webhooks";

const shop = ownShop();

describe("the invoice", () => {
  test("is Polar's, for the order's owner alone", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "pack-1000");
    await pullWorkspace(who.workspaceId);
    const [bought] = await db()
      .select()
      .from(orders)
      .where(eq(orders.workspaceId, who.workspaceId));
    const id = bought?.id ?? "";
    const found = await findInvoice(who, id);
    expect(found).toEqual({ url: expect.stringContaining(`/invoices/${id}`) });
    expect(await findInvoice(await viewer(), id)).toEqual({ missing: "unknown" });
    expect(await findInvoice(who, "none")).toEqual({ missing: "unknown" });

    await shop.buyer.faults({ api: { fault: "error_503" } });
    expect(await findInvoice(who, id)).toEqual({ missing: "unreachable" });
    await shop.buyer.faults();
  });

  test("that Polar has not made is told apart from one that cannot be asked for", async () => {
    const who = await viewer();
    const paid = order(who.workspaceId);
    await tell("order.paid", paid);
    expect(await findInvoice(who, paid.id)).toEqual({ missing: "not_made" });
  });
});
