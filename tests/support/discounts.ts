import type { models } from "@polar-sh/sdk/2026-10";
import type { PolarLife } from "./polar-life";

/** The status, the field and the words of what Polar refuses. */
export async function refused(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: { statusCode: number; error: { detail: { loc: string[]; msg: string }[] } }) => thrown,
  );
  const [first] = Array.isArray(error?.error.detail) ? error.error.detail : [];
  return [error?.statusCode, first?.loc.join("."), first?.msg];
}

/** What tests of discounts do at a local Polar, with a plan of their own. */
export async function discountsAt(life: PolarLife) {
  const { polar } = life;
  let buyers = 0;
  const plan = await polar.products.create({
    name: "Basic",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 1500 }],
  });
  await life.settle();
  life.events();

  async function customer() {
    buyers += 1;
    const external_id = `buyer-${buyers}`;
    await polar.customers.create({ email: `${external_id}@example.com`, external_id });
    return external_id;
  }
  return {
    plan,
    percent: (about: Partial<models.DiscountPercentageCreate> = {}) =>
      polar.discounts.create({
        type: "percentage",
        name: "A tenth",
        basis_points: 1000,
        duration: "forever",
        ...about,
      }),
    checkout: async (about: Partial<models.CheckoutCreate> = {}) =>
      polar.checkouts.create({
        products: [plan.id],
        external_customer_id: await customer(),
        ...about,
      }),
  };
}
