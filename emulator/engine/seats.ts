import type { models } from "@polar-sh/sdk/2026-10";
import { polarError } from "../http/errors.ts";
import { newId, newToken } from "../ids.ts";
import { serializeSeat } from "../serializers/seat.ts";
import type { CustomerDoc, OrderDoc, SeatDoc, SubscriptionDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import { updateCustomer } from "./customers.ts";
import { memberOf } from "./members.ts";

const INVITATION_DAYS = 1;

/** What seats belong to: a subscription or a one-time order. */
export type SeatContainer = { subscription: SubscriptionDoc } | { order: OrderDoc };

function scopeOf(container: SeatContainer): Pick<SeatDoc, "subscription_id" | "order_id"> {
  return "subscription" in container
    ? { subscription_id: container.subscription.id, order_id: null }
    : { subscription_id: null, order_id: container.order.id };
}

function sourceOf(container: SeatContainer): SubscriptionDoc | OrderDoc {
  return "subscription" in container ? container.subscription : container.order;
}

/** The container of a seat. */
export function containerOf(world: World, seat: SeatDoc): SeatContainer {
  const subscription = world.subscriptions.get(seat.subscription_id);
  return subscription ? { subscription } : { order: world.orders.need(seat.order_id ?? "") };
}

/** The seats that somebody has or had. */
export function seatsOf(world: World, container: SeatContainer): SeatDoc[] {
  return "subscription" in container
    ? world.seats.where("subscription_id", container.subscription.id)
    : world.seats.where("order_id", container.order.id);
}

/** How many seats are taken, claimed or not yet. */
export function takenSeats(world: World, container: SeatContainer): number {
  return seatsOf(world, container).filter(({ status }) => status !== "revoked").length;
}

/** How many seats there are, and how many are free. */
export function seatCounts(world: World, container: SeatContainer) {
  const total_seats = sourceOf(container).seats ?? 0;
  return { total_seats, available_seats: Math.max(0, total_seats - takenSeats(world, container)) };
}

/** The customers who have claimed a seat. */
export function seatHolders(world: World, container: SeatContainer): string[] {
  return seatsOf(world, container).flatMap(({ status, customer_id }) =>
    status === "claimed" && customer_id ? [customer_id] : [],
  );
}

function tell(world: World, what: "assigned" | "claimed" | "revoked", seat: SeatDoc): void {
  const type: models.WebhookEventType = `customer_seat.${what}`;
  world.emitter.emit(type, serializeSeat(world, seat));
}

/** Gives those who sit what the product holds, and takes it back from those who do not any more. */
function syncGrants(world: World, { subscription_id, order_id }: SeatDoc): void {
  if (subscription_id) world.scheduler.soon({ kind: "grants.sync", subscription_id, cycle: false });
  else if (order_id) world.scheduler.soon({ kind: "grants.order", order_id, revoke: false });
}

/**
 * Gives a free seat to a customer; with `claimed` at once, else by an invitation that is good for a day.
 *
 * @throws ApiError 400 where no seat is free, or the customer has one.
 */
export function assignSeat(
  world: World,
  container: SeatContainer,
  holder: CustomerDoc,
  { claimed, metadata }: { claimed: boolean; metadata: Record<string, unknown> },
): SeatDoc {
  const source = sourceOf(container);
  if ("order" in container && container.order.status === "pending")
    throw polarError(400, "SeatNotAvailable", "Order must be paid before assigning seats");
  if (seatCounts(world, container).available_seats === 0)
    throw polarError(400, "SeatNotAvailable", `No available seats for ${source.id}`);
  const seats = seatsOf(world, container);
  if (seats.some(({ customer_id }) => customer_id === holder.id))
    throw polarError(
      400,
      "SeatAlreadyAssigned",
      `Seat already assigned to customer ${holder.email}`,
    );
  const member = memberOf(world, world.customers.need(source.customer_id), holder.email);
  const at = world.clock.tick();
  // A seat that was taken away is given again before a new one is.
  const free = seats.find(({ status }) => status === "revoked");
  const seat = world.seats.put({
    id: free?.id ?? newId(),
    created_at: free?.created_at ?? at,
    modified_at: free ? at : null,
    ...scopeOf(container),
    status: claimed ? "claimed" : "pending",
    customer_id: holder.id,
    member_id: member.id,
    email: holder.email,
    invitation_token: claimed ? null : newToken(""),
    invitation_token_expires_at: claimed ? null : addDays(at, INVITATION_DAYS),
    claimed_at: claimed ? at : null,
    revoked_at: null,
    seat_metadata: metadata,
  });
  tell(world, claimed ? "claimed" : "assigned", seat);
  if (claimed) syncGrants(world, seat);
  return seat;
}

/** The seat of an invitation that can still be taken up. */
export function invitedSeat(world: World, token: string): SeatDoc | undefined {
  const [seat] = token ? world.seats.where("invitation_token", token) : [];
  const until = seat?.invitation_token_expires_at;
  return seat?.status === "pending" && until && until >= world.clock.now() ? seat : undefined;
}

/** Takes an invitation up. @throws ApiError 400 for one that is none, too old, or was taken up. */
export function claimSeat(world: World, token: string): SeatDoc {
  const invited = invitedSeat(world, token);
  if (!invited)
    throw polarError(400, "InvalidInvitationToken", "Invalid or expired invitation token");
  const at = world.clock.tick();
  const seat = world.seats.patch(invited.id, {
    status: "claimed",
    claimed_at: at,
    invitation_token: null,
    modified_at: at,
  });
  syncGrants(world, seat);
  tell(world, "claimed", seat);
  return seat;
}

/** Takes a seat back, and with it what its holder had by it. */
export function revokeSeat(world: World, seat: SeatDoc): SeatDoc {
  if (seat.status === "revoked") return seat;
  const at = world.clock.tick();
  const revoked = world.seats.patch(seat.id, {
    status: "revoked",
    revoked_at: at,
    modified_at: at,
    invitation_token: null,
    customer_id: null,
    member_id: null,
    email: null,
  });
  tell(world, "revoked", revoked);
  syncGrants(world, revoked);
  return revoked;
}

/** Takes all seats of a subscription back: it is not live any more. */
export function revokeSeats(world: World, subscription: SubscriptionDoc): void {
  for (const seat of seatsOf(world, { subscription })) revokeSeat(world, seat);
}

/** Takes back the seats of members that are gone. */
export function revokeSeatsOf(world: World, memberIds: readonly string[]): void {
  for (const seat of world.seats.all())
    if (seat.member_id && memberIds.includes(seat.member_id)) revokeSeat(world, seat);
}

/** The one who pays takes a seat themselves, unless they have one or none is free. */
export function takeOwnSeat(world: World, container: SeatContainer): void {
  const holder = world.customers.need(sourceOf(container).customer_id);
  const has = seatsOf(world, container).some(({ customer_id }) => customer_id === holder.id);
  if (has || seatCounts(world, container).available_seats === 0) return;
  assignSeat(world, container, holder, { claimed: true, metadata: {} });
}

/** Who buys seats buys for a team, from then on. */
export function becomeTeam(world: World, customerId: string): void {
  if (world.customers.need(customerId).type !== "team")
    updateCustomer(world, customerId, { type: "team" });
}
