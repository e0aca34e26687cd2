import { createPolar, type models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let organization_id: string;
beforeAll(async () => {
  life = await polarLife();
  organization_id = life.products.pack.organization_id;
});
afterAll(() => life.close());

/** Sells a product with license keys of these properties to a new customer. */
async function sell(
  buyer: string,
  properties: models.BenefitLicenseKeysCreateProperties,
  recurring = false,
) {
  const benefit = await life.polar.benefits.create({
    type: "license_keys",
    description: "A key to the app",
    properties,
  });
  const price = { amount_type: "fixed" as const, price_amount: 900 };
  const product = await life.polar.products.create(
    recurring
      ? { name: "Licence", prices: [price], recurring_interval: "month" }
      : { name: "Licence", prices: [price] },
  );
  await life.polar.products.updateBenefits(product.id, { benefits: [benefit.id] });
  const { customer } = await life.buy(product, buyer);
  const keys = await life.polar.licenseKeys.list({ benefit_id: benefit.id });
  const [key] = keys.items;
  if (!key) throw new Error("no key was made");
  return { benefit, product, customer, key };
}

const grantsOf = async (customerId: string) =>
  (await life.polar.benefitGrants.list({ customer_id: customerId })).items;

test("a purchase makes a key, and its grant tells which", async () => {
  const { benefit, customer, key } = await sell("first", {
    prefix: " acme ",
    activations: { limit: 2, enable_customer_admin: true },
    limit_usage: 10,
  });
  expect(benefit).toMatchObject({
    visibility: "public",
    visibility_configurable: true,
    properties: { prefix: "acme", expires: null, limit_usage: 10 },
  });
  expect(key).toMatchObject({
    customer_id: customer.id,
    status: "granted",
    limit_activations: 2,
    limit_usage: 10,
    usage: 0,
    validations: 0,
    expires_at: null,
  });
  expect(key.key).toMatch(/^ACME-[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(key.display_key).toBe(`****-${key.key.slice(-6)}`);
  const told = life
    .take()
    .map(({ body }) => JSON.parse(body))
    .find(({ type }) => type === "benefit_grant.created");
  expect(told.data.properties).toEqual({ license_key_id: key.id, display_key: key.display_key });
  expect(told.data.previous_properties).toEqual({});
  expect((await grantsOf(customer.id))[0]?.properties).toEqual(told.data.properties);
});

test("validating counts, and every mismatch is 404 with its reason", async () => {
  const { benefit, customer, key } = await sell("validates", { limit_usage: 3 });
  const other = await life.polar.customers.create({ email: "other@example.com" });
  const validate = (more: Partial<models.LicenseKeyValidate> = {}) =>
    life.polar.licenseKeys.validate({ key: key.key, organization_id, ...more });
  expect(await validate()).toMatchObject({ usage: 0, validations: 1, activation: null });
  const counted = await validate({
    increment_usage: 2,
    benefit_id: benefit.id,
    customer_id: customer.id,
  });
  expect(counted).toMatchObject({ usage: 2, validations: 2 });
  expect(counted.last_validated_at).not.toBeNull();
  await expect(validate({ increment_usage: 2 })).rejects.toMatchObject({
    statusCode: 400,
    error: { error: "BadRequest", detail: "License key only has 1 more usages." },
  });
  const refusals: [Partial<models.LicenseKeyValidate>, string][] = [
    [{ organization_id: customer.id }, "Not found"],
    [{ key: "nonsense" }, "Not found"],
    [{ customer_id: other.id }, "License key does not match given user."],
    [{ benefit_id: other.id }, "License key does not match given benefit."],
    [{ activation_id: other.id }, "Not found"],
  ];
  for (const [more, detail] of refusals)
    await expect(validate(more)).rejects.toMatchObject({ statusCode: 404, error: { detail } });
  expect(await life.polar.licenseKeys.get(key.id)).toMatchObject({ usage: 2, validations: 2 });
});

test("activations are limited, hold their conditions, and are freed, without any token", async () => {
  const { key } = await sell("activates", {
    activations: { limit: 2, enable_customer_admin: false },
  });
  const anybody = createPolar({ accessToken: "", baseUrl: life.emulator.url }).customerPortal
    .licenseKeys;
  const place = { key: key.key, organization_id, label: "laptop" };
  const first = await anybody.activate({ ...place, conditions: { major: 1 }, meta: { os: "x" } });
  expect(first).toMatchObject({ label: "laptop", meta: { os: "x" }, license_key: { id: key.id } });
  await anybody.activate({ ...place, label: "desktop" });
  await expect(anybody.activate(place)).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "NotPermitted" },
  });
  const check = { key: key.key, organization_id, activation_id: first.id };
  await expect(anybody.validate(check)).rejects.toMatchObject({
    statusCode: 404,
    error: { detail: "License key does not match required conditions" },
  });
  const valid = await anybody.validate({ ...check, conditions: { major: 1 } });
  expect(valid.activation?.id).toBe(first.id);
  expect((await life.polar.licenseKeys.get(key.id)).activations).toHaveLength(2);
  expect(await life.polar.licenseKeys.getActivation(key.id, first.id)).toMatchObject({
    id: first.id,
  });
  await anybody.deactivate(check);
  await expect(anybody.deactivate(check)).rejects.toMatchObject({ statusCode: 404 });
  await anybody.activate(place);

  const plain = await sell("plain", {});
  const refused = anybody.activate({ ...place, key: plain.key.key });
  await expect(refused).rejects.toMatchObject({ statusCode: 403 });
});

test("a one-time key expires at its date; a subscription's ends and returns with it", async () => {
  const once = await sell("once", { expires: { ttl: 1, timeframe: "month" } });
  const { key, customer } = await sell(
    "subscribes",
    { expires: { ttl: 1, timeframe: "day" } },
    true,
  );
  expect(key.expires_at).toBeNull();
  const end = new Date(once.key.created_at);
  end.setUTCMonth(end.getUTCMonth() + 1);
  expect(Math.abs(Date.parse(once.key.expires_at ?? "") - end.getTime())).toBeLessThan(2000);
  await life.advance(32);
  const validate = (one: string) => life.polar.licenseKeys.validate({ key: one, organization_id });
  await expect(validate(once.key.key)).rejects.toMatchObject({
    error: { detail: "License key has expired." },
  });
  expect(await validate(key.key)).toMatchObject({ id: key.id, status: "granted" });

  const [subscription] = (await life.polar.subscriptions.list({ customer_id: customer.id })).items;
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4000000000000341" });
  await life.advance(31);
  expect((await life.polar.licenseKeys.get(key.id)).status).toBe("revoked");
  await expect(validate(key.key)).rejects.toMatchObject({
    statusCode: 404,
    error: { detail: "License key is no longer active." },
  });
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4242424242424242" });
  await life.advance(8);
  expect((await life.polar.subscriptions.get(subscription?.id ?? "")).status).toBe("active");
  expect(await validate(key.key)).toMatchObject({ id: key.id, status: "granted" });
});

test("the seller changes, revokes, gives back and rotates a key; its grant follows", async () => {
  const { key, customer } = await sell("managed", { prefix: "NS" });
  life.take();
  const changed = await life.polar.licenseKeys.update(key.id, { limit_usage: 5, usage: 1 });
  expect(changed).toMatchObject({ limit_usage: 5, usage: 1, status: "granted" });
  await life.polar.licenseKeys.update(key.id, { status: "revoked" });
  await life.settle();
  expect((await grantsOf(customer.id))[0]?.is_revoked).toBe(true);
  await expect(life.polar.licenseKeys.rotate(key.id)).rejects.toMatchObject({
    statusCode: 400,
    error: { error: "RotateNotPermitted" },
  });
  await life.polar.licenseKeys.update(key.id, { status: "granted" });
  await life.settle();
  expect(life.events().filter((type) => type.startsWith("benefit_grant"))).toEqual([
    "benefit_grant.revoked",
    "benefit_grant.created",
  ]);
  const rotated = await life.polar.licenseKeys.rotate(key.id);
  expect(rotated).toMatchObject({ id: key.id, usage: 1 });
  expect(rotated.key).not.toBe(key.key);
  expect((await grantsOf(customer.id))[0]?.properties).toMatchObject({
    display_key: rotated.display_key,
  });
  const old = life.polar.licenseKeys.validate({ key: key.key, organization_id });
  await expect(old).rejects.toMatchObject({ statusCode: 404 });
  await expect(
    life.polar.licenseKeys.update(key.id, { limit_activations: 0 }),
  ).rejects.toMatchObject({ statusCode: 422 });
});

test("what a benefit allows reaches the keys that are held already", async () => {
  const { benefit, key } = await sell("follows", { limit_usage: 5 });
  life.take();
  await life.polar.benefits.update(benefit.id, {
    type: "license_keys",
    properties: { limit_usage: 8, activations: { limit: 1, enable_customer_admin: false } },
  });
  await life.settle();
  expect(await life.polar.licenseKeys.get(key.id)).toMatchObject({
    limit_usage: 8,
    limit_activations: 1,
  });
  expect(life.events()).toEqual([
    "benefit.updated",
    "benefit_grant.updated",
    "customer.state_changed",
  ]);
});
