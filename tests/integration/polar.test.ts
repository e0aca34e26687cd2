import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, environmentStamp, products, subscriptions, workspaces } from "@/db/schema";
import { startCheckout } from "@/lib/billing/checkout";
import { viewCheckout } from "@/lib/billing/checkout-view";
import { EmailConflictError, ensureCustomer } from "@/lib/billing/customer";
import { readEntitlement } from "@/lib/billing/entitlements";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { pullProducts, pullWorkspace } from "@/lib/billing/mirror/pull";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { isUnavailable, type models, polar } from "@/lib/polar";
import { createTransport } from "@/lib/polar/transport";
import { viewer } from "../support/buyer";
import { ownShop } from "../support/shop";

const shop = ownShop();

/** Pays a checkout that somebody else's system made for one of Polar's customers. */
async function buyAsCustomer(customer_id: string, key: string): Promise<void> {
  const [product] = await db().select().from(products).where(eq(products.key, key));
  const checkout = await polar().checkouts.create({ products: [product?.id ?? ""], customer_id });
  await shop.buyer.pay(checkout.client_secret);
}

describe("customers", () => {
  test("a customer of the viewer's address who belongs to nobody is linked, since the address is verified", async () => {
    const who = await viewer();
    const made = await polar().customers.create({ email: who.email });
    await ensureCustomer(who);
    expect((await polar().customers.get(made.id)).external_id).toBe(who.workspaceId);
  });

  test("what a linked customer has bought before is theirs, and nothing is mailed about it", async () => {
    const who = await viewer();
    const { id } = await polar().customers.create({ email: who.email });
    for (const _ of [1, 2]) await buyAsCustomer(id, "pack-1000");
    const [order] = (await polar().orders.list({ customer_id: id })).items;
    await shop.world.call("POST", "/v1/refunds/", {
      order_id: order?.id,
      reason: "customer_request",
      amount: 400,
    });
    await shop.buyer.settle();
    await ensureCustomer(who);
    expect((await readEntitlement(db(), who.workspaceId)).extraUnits).toBe(2000);
    await pullWorkspace(who.workspaceId);
    const mails = () => db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId));
    expect(await mails()).toEqual([]);

    await shop.buyer.buy(who, "pack-1000");
    await pullWorkspace(who.workspaceId);
    expect(await mails()).toHaveLength(1);
  });

  test("a linked customer who has a plan already is not sold another", async () => {
    const who = await viewer();
    const { id } = await polar().customers.create({ email: who.email });
    await buyAsCustomer(id, "business-monthly");
    expect(await startCheckout(who, "pro-monthly", {})).toEqual({ failure: "already_subscribed" });
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("business");
    const checkouts = await polar().checkouts.list({ external_customer_id: who.workspaceId });
    expect(checkouts.items.filter(({ status }) => status === "open")).toEqual([]);
  });

  test("nothing is mailed about orders of before the workspace was there", async () => {
    const who = await viewer();
    const since = new Date(Date.now() + 60_000);
    await db()
      .update(workspaces)
      .set({ createdAt: since })
      .where(eq(workspaces.id, who.workspaceId));
    await shop.buyer.buy(who, "pack-1000");
    await pullWorkspace(who.workspaceId);
    const mails = db().select().from(emails).where(eq(emails.workspaceId, who.workspaceId));
    expect(await mails).toEqual([]);
  });

  test("one who belongs to somebody else stops the purchase", async () => {
    const who = await viewer();
    await polar().customers.create({ email: who.email, external_id: randomUUID() });
    await expect(ensureCustomer(who)).rejects.toBeInstanceOf(EmailConflictError);
    expect(await startCheckout(who, "pro-monthly", {})).toEqual({ failure: "email_conflict" });
  });

  test("two clicks at once make one customer", async () => {
    const who = await viewer();
    await Promise.all([ensureCustomer(who), ensureCustomer(who)]);
    const { items } = await polar().customers.list({ email: who.email });
    expect(items).toHaveLength(1);
  });
});

describe("checkout and pull", () => {
  test("the success page pulls what was bought before any webhook has come", async () => {
    const who = await viewer();
    const id = await shop.buyer.buy(who, "pro-monthly");
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
    expect(await viewCheckout(who, id)).toMatchObject({ state: "succeeded", ready: true });
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("pro");
    expect(await startCheckout(who, "business-monthly", {})).toEqual({
      failure: "already_subscribed",
    });
  });

  test("a declined checkout is shown as open and gives nothing", async () => {
    const who = await viewer();
    const id = await shop.buyer.buy(who, "pro-monthly", "4000000000000002");
    expect(await viewCheckout(who, id)).toMatchObject({ state: "open", ready: false });
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
  });

  test("a stranger's checkout, one that is none, and no id at all are unknown", async () => {
    const id = await shop.buyer.buy(await viewer(), "pack-1000");
    const stranger = await viewer();
    for (const asked of [id, randomUUID(), "../products", ""])
      expect(await viewCheckout(stranger, asked)).toMatchObject({ state: "unknown" });
  });

  test("an archived product is not sold, nor is one whose webhook has not come; back in the catalog it is", async () => {
    const [row] = await db().select().from(products).where(eq(products.key, "pack-1000"));
    await polar().products.update(row?.id ?? "", { is_archived: true });
    const who = await viewer();
    expect(await startCheckout(who, "pack-1000", {})).toEqual({ failure: "archived_product" });
    expect(await startCheckout(who, "pack-1000", {})).toEqual({ failure: "archived_product" });
    await polar().products.update(row?.id ?? "", { is_archived: false });
    expect(await startCheckout(who, "pack-1000", {})).toHaveProperty("url");
    await syncCatalog(true);
    await pullProducts();
  });

  test("a link's discount code is in the checkout; one that Polar refuses makes none, and nothing is lost", async () => {
    await shop.world.call("POST", "/v1/discounts/", {
      name: "Launch",
      code: "LAUNCH20",
      type: "percentage",
      basis_points: 2000,
      duration: "forever",
    });
    const who = await viewer();
    expect(await startCheckout(who, "business-monthly", {}, { code: "NOTHING1" })).toEqual({
      failure: "discount_refused",
    });
    const started = await startCheckout(who, "business-monthly", {}, { code: "launch20" });
    if (!("url" in started)) throw new Error(started.failure);
    const mine = { external_customer_id: who.workspaceId };
    const checkouts = (await polar().checkouts.list(mine)).items;
    const discounted = checkouts.find(({ url }) => url === started.url);
    expect(discounted).toMatchObject({ allow_discount_codes: true, discount_amount: 1580 });
    await shop.buyer.pay(started.url.split("/").at(-1) ?? "");
    const [order] = (await polar().orders.list(mine)).items;
    expect(order?.net_amount).toBe(6320);
  });

  test("a subscription that Polar ends is ended by a pull", async () => {
    const who = await viewer();
    await shop.buyer.buy(who, "business-monthly");
    await pullWorkspace(who.workspaceId);
    const [stored] = await db()
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.workspaceId, who.workspaceId));
    await polar().subscriptions.revoke(stored?.id ?? "");
    await shop.buyer.settle();
    await pullWorkspace(who.workspaceId);
    expect((await readEntitlement(db(), who.workspaceId)).plan).toBe("free");
  });
});

test("a database belongs to one organization; Polar being down does not matter", async () => {
  await assertEnvironment();
  await assertOrganization();
  await assertOrganization();
  await db().update(environmentStamp).set({ polarOrganizationId: randomUUID() });
  await expect(assertOrganization()).rejects.toThrow(/another Polar organization/);
  await shop.buyer.faults({ api: { fault: "error_503" } });
  await assertOrganization();
  await shop.buyer.faults();
});

describe("failures of Polar", () => {
  test("a date in Retry-After is waited for as seconds are", async () => {
    let asked = 0;
    const busy = createServer((_, response) => {
      asked += 1;
      const later = new Date(Date.now() + 60_000).toUTCString();
      response.writeHead(429, { "retry-after": later }).end("{}");
    });
    busy.listen(0, "127.0.0.1");
    await once(busy, "listening");
    const core = createTransport({
      accessToken: "polar_oat_nobody",
      baseUrl: `http://127.0.0.1:${(busy.address() as AddressInfo).port}`,
    });
    const request = core.buildRequest("GET", "/v1/products/", {}, {}, undefined);
    // A minute is longer than anything is waited for: the answer comes back at once.
    expect((await core.sendRequest(request)).status).toBe(429);
    expect(asked).toBe(1);
    busy.close();
  });

  test("a read is repeated, after the time that Polar asks for; a purchase is not", async () => {
    const count = async (work: () => Promise<unknown>, fault: object) => {
      await shop.buyer.faults({ api: fault });
      const outcome = await work().then(
        () => "done",
        (error: unknown) => (isUnavailable(error) ? "unavailable" : "other"),
      );
      const left = await shop.world.call<{ api: { remaining: number } }>(
        "GET",
        "/_emulator/faults",
      );
      await shop.buyer.faults();
      return { outcome, used: 5 - left.api.remaining };
    };
    const read = () => polar().products.list({});
    expect(await count(read, { fault: "error_503", remaining: 5 })).toEqual({
      outcome: "unavailable",
      used: 3,
    });
    expect(await count(read, { fault: "rate_limit", remaining: 5, retry_after: 60 })).toEqual({
      outcome: "unavailable",
      used: 1,
    });
    const product = (await read()) as { items: models.Product[] };
    const purchase = () => polar().checkouts.create({ products: [product.items[0]?.id ?? ""] });
    expect(await count(purchase, { fault: "error_500", remaining: 5 })).toEqual({
      outcome: "unavailable",
      used: 1,
    });
  });
});
