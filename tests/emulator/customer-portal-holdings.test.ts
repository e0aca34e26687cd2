import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";
import { portalOf, refusedWith } from "../support/portal";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

test("grants, meters and keys of their own are listed, and of nobody else", async () => {
  const benefit = await life.polar.benefits.create({
    type: "license_keys",
    description: "A key",
    properties: { activations: { limit: 1, enable_customer_admin: true } },
  });
  const hidden = await life.polar.benefits.create({
    type: "custom",
    description: "Hidden",
    visibility: "private",
    properties: { note: "psst" },
  });
  const note = await life.polar.benefits.create({
    type: "custom",
    description: "A word",
    properties: { note: "Call us" },
  });
  const product = await life.polar.products.create({
    name: "Bundle",
    prices: [{ amount_type: "fixed", price_amount: 700 }],
  });
  const benefits = [note.id, hidden.id, benefit.id];
  await life.polar.products.updateBenefits(product.id, { benefits });
  await life.buy(product, "holds");
  await life.buy(product, "holds-too");
  await life.polar.events.ingest({
    events: [{ name: "code", external_customer_id: "holds", metadata: { units: 3 } }],
  });
  await life.settle();
  const { portal } = await portalOf(life, "holds");
  const grants = (await portal.benefitGrants.list({})).items;
  expect(grants.map(({ benefit: each }) => each.description)).toEqual(["A word", "A key"]);
  expect(grants[0]).toMatchObject({
    is_granted: true,
    benefit: { properties: { note: "Call us" }, organization: { name: "Acme" } },
  });
  const keys = await portal.benefitGrants.list({ type: "license_keys", query: "KEY" });
  expect(keys.items).toEqual([grants[1]]);
  expect(await portal.benefitGrants.get(grants[1]?.id ?? "")).toEqual(grants[1]);

  const [key] = (await portal.licenseKeys.list({})).items;
  expect((await portal.licenseKeys.list({})).pagination.total_count).toBe(1);
  await portal.licenseKeys.activate({
    key: key?.key ?? "",
    organization_id: key?.organization_id ?? "",
    label: "laptop",
  });
  expect((await portal.licenseKeys.get(key?.id ?? "")).activations).toHaveLength(1);
  expect((await portal.licenseKeys.rotate(key?.id ?? "")).key).not.toBe(key?.key);

  const [meter] = (await portal.customerMeters.list({ query: "codes" })).items;
  expect(meter).toMatchObject({ consumed_units: 3, meter: { name: "Codes" } });
  expect(Object.keys(meter?.meter ?? {}).sort()).toEqual([
    "created_at",
    "id",
    "modified_at",
    "name",
  ]);
  expect((await portal.customerMeters.get(meter?.id ?? "")).balance).toBe(-3);
  const { portal: other } = await portalOf(life, "holds-too");
  await expect(other.licenseKeys.get(key?.id ?? "")).rejects.toMatchObject(refusedWith(404));
  await expect(other.customerMeters.get(meter?.id ?? "")).rejects.toMatchObject(refusedWith(404));
  await expect(other.benefitGrants.get(grants[0]?.id ?? "")).rejects.toMatchObject(
    refusedWith(404),
  );
});
