import type { models } from "@polar-sh/sdk/2026-10";
import type { PolarLife } from "./polar-life";

const tiers = [
  { min_seats: 1, max_seats: 4, price_per_seat: 1000 },
  { min_seats: 5, max_seats: 20, price_per_seat: 800 },
];

/** What Polar says of what it refuses. */
export async function detail(promise: Promise<unknown>) {
  const error = await promise.then(
    () => ({ statusCode: 0, error: { detail: "went through" } }),
    (thrown) => thrown,
  );
  // The SDK leaves a status that Polar does not document as text.
  const body = typeof error.error === "string" ? JSON.parse(error.error) : error.error;
  return [error.statusCode, body.detail];
}

/** What tests of seats do at a local Polar. */
export function seatsAt(life: PolarLife) {
  const { polar } = life;
  return {
    async sold(about: object, benefit: models.Benefit) {
      const product = await polar.products.create({
        name: "Team",
        prices: [{ amount_type: "seat_based", seat_tiers: { tiers } }],
        ...about,
      });
      return await polar.products.updateBenefits(product.id, { benefits: [benefit.id] });
    },
    feature: () =>
      polar.benefits.create({ type: "feature_flag", description: "Team", properties: {} }),
    async buy(product: models.Product, seats: number, about: object = {}) {
      const checkout = await polar.checkouts.create({
        products: [product.id],
        customer_email: "ada@example.com",
        seats,
        ...about,
      });
      await life.confirm(checkout);
    },
    async subscription() {
      const [found] = (await polar.subscriptions.list({})).items;
      if (!found) throw new Error("no subscription");
      return found;
    },
    assign: (about: models.SeatAssign) => polar.customerSeats.assignSeat(about),
    /** Whose grants are in force, by address. */
    granted: async () =>
      (await polar.benefitGrants.list({ is_granted: true })).items
        .map(({ customer }) => customer.email)
        .sort(),
  };
}
