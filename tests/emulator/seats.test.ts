import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { state } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
let team: models.Product;
const tiers = [
  { min_seats: 1, max_seats: 4, price_per_seat: 1000 },
  { min_seats: 5, max_seats: 20, price_per_seat: 800 },
];
const sold = async (about: object, benefit: models.Benefit) => {
  const product = await life.polar.products.create({
    name: "Team",
    prices: [{ amount_type: "seat_based", seat_tiers: { tiers } }],
    ...about,
  });
  return await life.polar.products.updateBenefits(product.id, { benefits: [benefit.id] });
};
const feature = () =>
  life.polar.benefits.create({ type: "feature_flag", description: "Team", properties: {} });
const buy = async (product: models.Product, seats: number, about: object = {}) => {
  const checkout = await life.polar.checkouts.create({
    products: [product.id],
    customer_email: "ada@example.com",
    seats,
    ...about,
  });
  await life.confirm(checkout);
  return checkout;
};
const subscription = async () => {
  const [found] = (await life.polar.subscriptions.list({})).items;
  if (!found) throw new Error("no subscription");
  return found;
};
const assign = (about: models.SeatAssign) => life.polar.customerSeats.assignSeat(about);
const invitation = async ({ id }: models.CustomerSeat) =>
  (await life.control<{ invitation_token: string }>("GET", `customer-seats/${id}/invitation`))
    .invitation_token;
/** Whose grants are in force, by address. */
const granted = async () =>
  (await life.polar.benefitGrants.list({ is_granted: true })).items
    .map(({ customer }) => customer.email)
    .sort();
const detail = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => ({ statusCode: 0, error: { detail: "went through" } }),
    (thrown) => thrown,
  );
  // The SDK leaves a status that Polar does not document as text.
  const body = typeof error.error === "string" ? JSON.parse(error.error) : error.error;
  return [error.statusCode, body.detail];
};

beforeEach(async () => {
  life = await polarLife();
  team = await sold({ recurring_interval: "month" }, await feature());
  await life.settle();
  life.events();
});
afterEach(() => life.close());

test("who buys seats takes one, becomes a team, and invites others, whose benefits these are", async () => {
  const product = await sold({}, await feature());
  life.events();
  await buy(product, 3);
  const events = life.events();
  const first = events.indexOf("checkout.created (open)");
  expect(events.slice(first)).toEqual([
    "checkout.created (open)",
    "member.created",
    "checkout.updated (confirmed)",
    "customer.created",
    "order.created (paid)",
    "order.updated (paid)",
    "order.paid (paid)",
    "customer_seat.claimed (claimed)",
    "checkout.updated (succeeded)",
    "customer.updated",
    "benefit_grant.created",
    "order.updated (paid)",
    state,
  ]);
  const [order] = (await life.polar.orders.list({})).items;
  expect(order).toMatchObject({ seats: 3, total_amount: 3000, customer: { type: "team" } });
  const order_id = order?.id ?? "";
  const seat = await assign({ order_id, email: "grace@example.com", metadata: { room: 4 } });
  expect(seat).toMatchObject({
    order_id,
    status: "pending",
    email: "grace@example.com",
    customer_email: "grace@example.com",
    member: { role: "member", customer_id: order?.customer_id },
    claimed_at: null,
    seat_metadata: { room: 4 },
  });
  expect(await life.polar.customerSeats.listSeats({ order_id })).toMatchObject({
    total_seats: 3,
    available_seats: 1,
  });
  expect(await granted()).toEqual(["ada@example.com"]);
  const token = await invitation(seat);
  expect(await life.polar.customerSeats.getClaimInfo(token)).toMatchObject({
    product_name: "Team",
    customer_email: "grace@example.com",
    can_claim: true,
  });
  const { seat: claimed, customer_session_token } = await life.polar.customerSeats.claimSeat({
    invitation_token: token,
  });
  expect(claimed).toMatchObject({ id: seat.id, status: "claimed" });
  expect(customer_session_token).toMatch(/^polar_cst_/);
  await life.settle();
  expect(life.events()).toEqual([
    "customer_seat.assigned (pending)",
    "customer_seat.claimed (claimed)",
    "benefit_grant.created",
    state,
  ]);
  expect(await granted()).toEqual(["ada@example.com", "grace@example.com"]);
  const again = life.polar.customerSeats.claimSeat({ invitation_token: token });
  expect(await detail(again)).toEqual([400, "Invalid or expired invitation token"]);
});

test("a seat that is revoked is free again, and so is what came with it", async () => {
  await buy(team, 2);
  const { id: subscription_id } = await subscription();
  const grace = { subscription_id, email: "grace@example.com", immediate_claim: true };
  const seat = await assign(grace);
  expect(seat).toMatchObject({ status: "claimed", invitation_token_expires_at: null });
  await life.settle();
  expect(await detail(assign({ subscription_id, email: "alan@example.com" }))).toEqual([
    400,
    `No available seats for ${subscription_id}`,
  ]);
  life.events();
  expect(await life.polar.customerSeats.revokeSeat(seat.id)).toMatchObject({
    status: "revoked",
    customer_id: null,
    email: null,
    member: null,
  });
  await life.settle();
  expect(life.events()).toEqual([
    "customer_seat.revoked (revoked)",
    "benefit_grant.revoked",
    state,
  ]);
  expect(await granted()).toEqual(["ada@example.com"]);
  expect((await assign({ ...grace, email: "alan@example.com" })).id).toBe(seat.id);
  await life.settle();
  expect(await granted()).toEqual(["ada@example.com", "alan@example.com"]);
});

test("seats have rules: one a customer, somebody named, an invitation good for a day", async () => {
  await buy(team, 4);
  const { id: subscription_id } = await subscription();
  const email = "grace@example.com";
  const seat = await assign({ subscription_id, email });
  expect(await detail(assign({ subscription_id, email }))).toEqual([
    400,
    `Seat already assigned to customer ${email}`,
  ]);
  const nobody = assign({ subscription_id, external_customer_id: "nobody" });
  expect(await detail(nobody)).toEqual([404, "Customer not found: nobody"]);
  await expect(assign({ subscription_id })).rejects.toMatchObject({ statusCode: 422 });
  await expect(assign({ email })).rejects.toMatchObject({ statusCode: 422 });
  await expect(life.polar.customerSeats.listSeats({})).rejects.toMatchObject({ statusCode: 400 });
  expect(await life.polar.customerSeats.resendInvitation(seat.id)).toMatchObject({ id: seat.id });
  const token = await invitation(seat);
  await life.advance(2);
  const late = life.polar.customerSeats.claimSeat({ invitation_token: token });
  expect(await detail(late)).toEqual([400, "Invalid or expired invitation token"]);
  await expect(life.polar.customerSeats.getClaimInfo(token)).rejects.toMatchObject({
    statusCode: 404,
  });
});

test("a seller with a page of their own gives the first seat out there", async () => {
  await buy(team, 2, { success_url: "https://example.com/{CHECKOUT_ID}" });
  const { id: subscription_id } = await subscription();
  expect(await life.polar.customerSeats.listSeats({ subscription_id })).toEqual({
    seats: [],
    total_seats: 2,
    available_seats: 2,
  });
  expect(await granted()).toEqual([]);
});

test("more seats and fewer: the difference is on the next order, cut to the cent", async () => {
  await buy(team, 3);
  const { id, current_period_end } = await subscription();
  const { now } = await life.control<{ now: string }>("GET", "clock");
  const days = (Date.parse(current_period_end) - Date.parse(now)) / 86_400_000;
  await life.advance(days / 2);
  life.events();
  const more = await life.polar.subscriptions.update(id, { seats: 8 });
  expect(more).toMatchObject({ seats: 8, amount: 6400 });
  await life.settle();
  expect(life.events()).toEqual(["subscription.updated (active)", state]);
  await life.advance(days / 2 + 0.1);
  const [order] = (await life.polar.orders.list({})).items;
  expect(order?.items.map(({ amount }) => amount)).toEqual([1699, 6400]);
  expect(order?.items.map(({ label }) => label.split(" — ")[0])).toEqual([
    "Team (3 → 8 seats)",
    "Team (8 seats)",
  ]);
  expect(order).toMatchObject({ seats: null, billing_reason: "subscription_cycle" });
});

test("seats changed by invoice are billed now; by next_period at renewal, unless taken back", async () => {
  await buy(team, 3);
  const { id } = await subscription();
  life.events();
  await life.polar.subscriptions.update(id, { seats: 4, proration_behavior: "invoice" });
  await life.settle();
  expect(life.events().slice(0, 2)).toEqual([
    "order.created (pending)",
    "subscription.updated (active)",
  ]);
  const next_period = (seats: number) =>
    life.polar.subscriptions.update(id, { seats, proration_behavior: "next_period" });
  expect(await next_period(9)).toMatchObject({
    seats: 4,
    pending_update: { seats: 9, product_id: null },
  });
  expect(await next_period(4)).toMatchObject({ pending_update: null });
  await next_period(10);
  await life.advance(32);
  expect(await subscription()).toMatchObject({ seats: 10, amount: 8000, pending_update: null });
  const [order] = (await life.polar.orders.list({})).items;
  expect(order?.total_amount).toBe(8000);
});

test("a number of seats is within bounds, and not below those that are taken", async () => {
  await buy(team, 3);
  const { id: subscription_id } = await subscription();
  await assign({ subscription_id, email: "grace@example.com" });
  const change = (seats: number) => life.polar.subscriptions.update(subscription_id, { seats });
  expect(await detail(change(1))).toEqual([
    400,
    "Cannot decrease seats to 1. Currently 2 seats are assigned. Revoke seats first.",
  ]);
  expect(await detail(change(21))).toEqual([400, "Maximum 20 seats allowed."]);
  await life.buy(life.products.plan, "alone");
  const [plain] = (await life.polar.subscriptions.list({ external_customer_id: "alone" })).items;
  expect(await detail(life.polar.subscriptions.update(plain?.id ?? "", { seats: 2 }))).toEqual([
    400,
    "This subscription does not support seat-based pricing.",
  ]);
});

test("a subscription that ends takes all seats back; a renewal gives allowances anew", async () => {
  const credit = await life.polar.benefits.create({
    type: "meter_credit",
    description: "Codes",
    properties: { units: 100, rollover: false, meter_id: life.meter.id },
  });
  const plan = await sold({ recurring_interval: "month" }, credit);
  await buy(plan, 2);
  const { id: subscription_id } = await subscription();
  await assign({ subscription_id, email: "grace@example.com", immediate_claim: true });
  await life.settle();
  life.events();
  await life.advance(32);
  expect(life.events().filter((name) => name === "benefit_grant.cycled")).toHaveLength(2);
  await life.polar.subscriptions.revoke(subscription_id);
  await life.settle();
  expect(life.events().filter((name) => /seat|grant/.test(name))).toEqual([
    "customer_seat.revoked (revoked)",
    "customer_seat.revoked (revoked)",
    "benefit_grant.revoked",
    "benefit_grant.revoked",
  ]);
  expect(await granted()).toEqual([]);
});

test("a plan of seats after one without: the customer takes the first, and it is no way back", async () => {
  const { customer } = await life.buy(life.products.plan, "grows");
  const { id } = await subscription();
  life.events();
  const to = (product_id: string, proration_behavior: models.SubscriptionProrationBehavior) =>
    life.polar.subscriptions.update(id, { product_id, proration_behavior });
  await expect(to(team.id, "next_period")).rejects.toMatchObject({ statusCode: 422 });
  expect(await to(team.id, "prorate")).toMatchObject({ seats: 1, amount: 1000 });
  await life.settle();
  expect(life.events().slice(0, 3)).toEqual([
    "customer_seat.claimed (claimed)",
    "subscription.updated (active)",
    "customer.updated",
  ]);
  expect((await life.polar.customers.get(customer.id)).type).toBe("team");
  expect(await granted()).toEqual(["grows@example.com"]);
  await expect(to(life.products.plan.id, "prorate")).rejects.toMatchObject({ statusCode: 422 });
});

test("members go with their customer, and their seats with them", async () => {
  await buy(team, 2);
  const { id: subscription_id, customer_id } = await subscription();
  await assign({ subscription_id, email: "grace@example.com" });
  await life.settle();
  life.events();
  await life.polar.customers.delete(customer_id);
  await life.settle();
  const events = life.events().filter((name) => /^(member|customer_seat|customer\.d)/.test(name));
  expect(events.filter((name) => name === "member.deleted")).toHaveLength(2);
  expect(events.indexOf("member.deleted")).toBeLessThan(events.indexOf("customer.deleted"));
  expect(events.filter((name) => name.startsWith("customer_seat.revoked"))).toHaveLength(2);
});
