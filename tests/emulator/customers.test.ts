import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const locations = (error: unknown) =>
  (error as { error: { detail: { loc: string[] }[] } }).error.detail.map(({ loc }) => loc.at(-1));

test("an address and an external id belong to one customer, and all that conflicts is told at once", async () => {
  const { customers } = life.polar;
  await customers.create({ email: "One@Example.com", external_id: "one" });
  const twice = customers.create({ email: "one@example.com", external_id: "one" });
  expect(locations(await twice.catch((error) => error))).toEqual(["email", "external_id"]);
  const two = await customers.create({ email: "two@example.com", external_id: "" });
  expect(two.external_id).toBeNull();
  const taken = customers.update(two.id, { email: "ONE@example.com", external_id: "one" });
  expect(locations(await taken.catch((error) => error))).toEqual(["email", "external_id"]);
  const set = await customers.update(two.id, { external_id: "two", email: "Two@example.com" });
  expect(set).toMatchObject({ external_id: "two", email: "Two@example.com" });
  for (const external_id of ["other", null]) {
    const moved = customers.update(two.id, { external_id });
    expect(locations(await moved.catch((error) => error))).toEqual(["external_id"]);
  }
  expect((await customers.update(two.id, { external_id: "two" })).external_id).toBe("two");
  const cleared = customers.update(two.id, { billing_address: null });
  expect(locations(await cleared.catch((error) => error))).toEqual(["billing_address"]);
});

test("a deleted customer is gone, and both address and external id are free again", async () => {
  const { customers } = life.polar;
  const gone = await customers.create({ email: "gone@example.com", external_id: "gone" });
  await life.settle();
  life.take();
  await customers.deleteExternal("gone");
  await expect(customers.get(gone.id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(customers.getExternal("gone")).rejects.toMatchObject({ statusCode: 404 });
  await life.settle();
  const [told] = life.take().map(({ body }) => JSON.parse(body));
  expect(told).toMatchObject({
    type: "customer.deleted",
    data: {
      id: gone.id,
      email: "gone@example.com",
      external_id: null,
      metadata: { __external_id: "gone" },
    },
  });
  const again = await customers.create({ email: "gone@example.com", external_id: "gone" });
  expect(again.id).not.toBe(gone.id);

  const named = await customers.create({ email: "named@example.com", name: "Ada" });
  await life.settle();
  life.take();
  await customers.delete(named.id, { anonymize: true });
  await life.settle();
  const [deleted, updated] = life.take().map(({ body }) => JSON.parse(body));
  expect([deleted.type, updated.type]).toEqual(["customer.deleted", "customer.updated"]);
  const { data } = updated;
  expect(data.deleted_at).toBe(deleted.data.deleted_at);
  expect(data.email).toMatch(/^[0-9a-f]{64}@anonymized\.polar\.sh$/);
  expect(data.name).not.toContain("Ada");
});

test("a checkout of a customer who was deleted meanwhile cannot be paid", async () => {
  const { checkouts, customers } = life.polar;
  await customers.create({ email: "late@example.com", external_id: "late" });
  const checkout = await checkouts.create({
    products: [life.products.plan.id],
    external_customer_id: "late",
  });
  await customers.deleteExternal("late", { anonymize: true });
  const paid = checkouts.clientConfirm(checkout.client_secret, {
    confirmation_token_id: "4242424242424242",
    customer_name: "Ada Lovelace",
    customer_billing_address: { country: "US" },
  } as never);
  await expect(paid).rejects.toMatchObject({ statusCode: 409 });
});

test("customers are found by address, text, metadata and activity, in the order asked for", async () => {
  const { customers } = life.polar;
  const kind = { metadata: { list: "found" } };
  await customers.create({ email: "zoe@example.com", name: "Zoe", external_id: "x-1", ...kind });
  await customers.create({ email: "abe@example.com", name: "Abe", external_id: "y-1", ...kind });
  const names = async (query: Parameters<typeof customers.list>[0]) =>
    (await customers.list({ metadata: { list: "found" }, ...query })).items.map(({ name }) => name);
  expect(await names({ sorting: ["name"] })).toEqual(["Abe", "Zoe"]);
  expect(await names({ sorting: ["-email"] })).toEqual(["Zoe", "Abe"]);
  expect(await names({ email: "ZOE@example.com" })).toEqual(["Zoe"]);
  expect(await names({ query: "AB" })).toEqual(["Abe"]);
  expect(await names({ query: "x-" })).toEqual(["Zoe"]);
  expect(await names({ query: "-1" })).toEqual([]);
  expect(await names({ organization_id: "00000000-0000-4000-8000-000000000000" })).toEqual([]);
  await life.buy(life.products.plan, "busy");
  const busy = await customers.list({ active: true });
  expect(busy.items.map(({ external_id }) => external_id)).toEqual(["busy"]);
  expect(await names({ active: false })).toHaveLength(2);
});

test("the state is what was last told of: no change shows before that, and no past_due ever", async () => {
  const { customers, subscriptions } = life.polar;
  const { customer } = await life.buy(life.products.plan, "states");
  const before = await customers.getStateExternal("states");
  expect(before.active_subscriptions).toHaveLength(1);
  await customers.update(customer.id, { name: "Another" });
  const { name } = await customers.getState(customer.id);
  expect(name).toBe(before.name);
  await life.settle();
  expect((await customers.getState(customer.id)).name).toBe("Another");

  await life.control("PUT", `customers/${customer.id}/card`, { number: "4000000000000341" });
  await life.advance(31);
  const [subscription] = (await subscriptions.list({ customer_id: customer.id })).items;
  expect(subscription?.status).toBe("past_due");
  expect((await customers.getState(customer.id)).active_subscriptions).toEqual([]);
});

test("a customer's cards are listed for the seller too", async () => {
  const { customer } = await life.buy(life.products.plan, "carded");
  const byId = await life.polar.customers.listPaymentMethods(customer.id, {});
  expect(byId.items).toMatchObject([{ type: "card", method_metadata: { last4: "4242" } }]);
  expect(await life.polar.customers.listPaymentMethodsExternal("carded", {})).toEqual(byId);
});
