import { describe, expect, test } from "vitest";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { polar } from "@/lib/polar";
import { ownShop } from "../support/shop";

ownShop();

describe("catalog sync", () => {
  test("makes what is missing, then finds nothing to change", async () => {
    expect((await syncCatalog(false)).changes).toEqual([]);
    const { items } = await polar().products.list({ limit: 100 });
    expect(items.map(({ metadata }) => metadata.catalog_key).sort()).toEqual([
      "business-monthly",
      "business-yearly",
      "pack-1000",
      "pro-monthly",
      "pro-yearly",
    ]);
    const yearly = items.find(({ metadata }) => metadata.catalog_key === "pro-yearly");
    expect(yearly).toMatchObject({ recurring_interval: "year", meter_interval: "month" });
    expect(yearly?.benefits.map(({ type }) => type).sort()).toEqual([
      "feature_flag",
      "meter_credit",
    ]);
  });

  test("mends a name and a price, and archives what the catalog does not have; a plan alone does nothing", async () => {
    const { items } = await polar().products.list({ limit: 100 });
    const pack = items.find(({ metadata }) => metadata.catalog_key === "pack-1000");
    const stray = await polar().products.create({
      name: "Left over",
      metadata: { catalog_key: "left-over" },
      prices: [{ amount_type: "fixed", price_amount: 500 }],
    });
    await polar().products.update(pack?.id ?? "", {
      name: "Wrong",
      prices: [{ amount_type: "fixed", price_amount: 100 }],
    });
    const planned = await syncCatalog(false);
    expect(planned.changes.map(({ action, what }) => `${action} ${what}`).sort()).toEqual([
      "archive product left-over",
      "update product pack-1000: name, prices",
    ]);
    expect((await polar().products.get(stray.id)).is_archived).toBe(false);

    await syncCatalog(true);
    expect((await polar().products.get(stray.id)).is_archived).toBe(true);
    expect(await polar().products.get(pack?.id ?? "")).toMatchObject({
      name: "Pack of 1,000 codes",
      prices: [{ price_amount: 1000 }],
    });
    expect((await syncCatalog(false)).changes).toEqual([]);
  });

  test("finds the endpoint again, with its secret, and mends its events", async () => {
    const [endpoint] = (await polar().webhooks.listWebhookEndpoints()).items;
    await polar().webhooks.updateWebhookEndpoint(endpoint?.id ?? "", { events: ["order.paid"] });
    const result = await syncCatalog(true);
    expect(result).toMatchObject({ secret: endpoint?.secret, isNewEndpoint: false });
    expect(result.changes).toHaveLength(1);
    const after = await polar().webhooks.getWebhookEndpoint(endpoint?.id ?? "");
    expect(after.events).toContain("subscription.migrated");
  });
});
