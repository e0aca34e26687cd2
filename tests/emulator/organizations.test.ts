import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

test("an organization is found by its slug, changed in part, and told of", async () => {
  const { organizations } = life.polar;
  const [own] = (await organizations.list({})).items;
  if (!own) throw new Error("there is no organization");
  expect((await organizations.list({ slug: own.slug })).items).toEqual([own]);
  expect((await organizations.list({ slug: "somebody-else" })).items).toEqual([]);
  expect(await organizations.get(own.id)).toEqual(own);

  const subscription_settings = {
    ...own.subscription_settings,
    allow_multiple_subscriptions: true,
    proration_behavior: "invoice" as const,
  };
  const changed = await organizations.update(own.id, {
    name: "Northwind",
    website: "https://northwind.example",
    subscription_settings,
    customer_portal_settings: {
      usage: { show: false },
      subscription: { update_seats: true, update_plan: false, pause: true },
    },
  });
  expect(changed).toMatchObject({
    name: "Northwind",
    slug: own.slug,
    email: own.email,
    proration_behavior: "invoice",
    subscription_settings,
  });
  expect(changed.customer_portal_settings).toEqual({
    usage: { show: false },
    subscription: { update_seats: true, update_plan: false, pause: true },
  });
  expect(changed.modified_at).not.toBeNull();
  await life.settle();
  const [told] = life.take().map(({ body }) => JSON.parse(body));
  expect(told).toMatchObject({ type: "organization.updated", data: changed });

  await life.buy(life.products.plan, "several");
  const second = await life.polar.checkouts.create({
    products: [life.products.trial.id],
    external_customer_id: "several",
  });
  expect(second.status).toBe("open");
});

test("what an organization cannot be is refused in Polar's words", async () => {
  const { organizations } = life.polar;
  const { id } = (await organizations.list({})).items[0] ?? { id: "" };
  await expect(organizations.update(id, { name: "ab" })).rejects.toMatchObject({
    statusCode: 422,
  });
  await expect(organizations.update(id, { sso_enforced: true })).rejects.toMatchObject({
    statusCode: 409,
  });
  const disputes = { dispute_settings: { auto_accept_below_amount: 100 } };
  await expect(organizations.update(id, disputes)).rejects.toMatchObject({ statusCode: 403 });
  const unknown = organizations.get("00000000-0000-4000-8000-000000000000");
  await expect(unknown).rejects.toMatchObject({ statusCode: 404 });
});
