import type { models } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { state } from "../support/emission";
import { type PolarLife, polarLife } from "../support/polar-life";
import { detail, seatsAt } from "../support/seats";

let life: PolarLife;
let seats: ReturnType<typeof seatsAt>;
let team: models.Product;
beforeEach(async () => {
  life = await polarLife();
  seats = seatsAt(life);
  team = await seats.sold({ recurring_interval: "month" }, await seats.feature());
  await life.settle();
  life.events();
});
afterEach(() => life.close());

const invitation = async ({ id }: models.CustomerSeat) =>
  (await life.control<{ invitation_token: string }>("GET", `customer-seats/${id}/invitation`))
    .invitation_token;

test("who buys seats takes one, becomes a team, and invites others, whose benefits these are", async () => {
  const { assign, buy, feature, granted, sold } = seats;
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
  const { assign, buy, granted, subscription } = seats;
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
  const { assign, buy, subscription } = seats;
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
  const { buy, granted, subscription } = seats;
  await buy(team, 2, { success_url: "https://example.com/{CHECKOUT_ID}" });
  const { id: subscription_id } = await subscription();
  expect(await life.polar.customerSeats.listSeats({ subscription_id })).toEqual({
    seats: [],
    total_seats: 2,
    available_seats: 2,
  });
  expect(await granted()).toEqual([]);
});

test("members go with their customer, and their seats with them", async () => {
  const { assign, buy, subscription } = seats;
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
