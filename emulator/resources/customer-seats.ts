import { createSession } from "../engine/checkout.ts";
import { customerByEmail, customerByExternalId, newCustomerDocument } from "../engine/customers.ts";
import {
  assignSeat,
  claimSeat,
  containerOf,
  invitedSeat,
  revokeSeat,
  type SeatContainer,
  seatCounts,
  seatsOf,
} from "../engine/seats.ts";
import { polarError } from "../http/errors.ts";
import { refined } from "../http/refined.ts";
import type { Call, Routes } from "../http/router.ts";
import {
  boolean,
  email,
  isRecord,
  object,
  optional,
  parse,
  type Schema,
  string,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { serializeSeat } from "../serializers/seat.ts";
import type { CustomerDoc, SeatDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** What a seat carries for its seller: ten keys and a kilobyte at most. */
const metadata: Schema<Record<string, unknown>> = refined(
  { read: (value) => (isRecord(value) ? value : {}) },
  (value) =>
    Object.keys(value).length > 10
      ? "Metadata cannot have more than 10 keys"
      : JSON.stringify(value).length > 1024
        ? "Metadata size cannot exceed 1KB"
        : null,
);

const container = { subscription_id: optional(uuid()), order_id: optional(uuid()) };

interface Recipient {
  subscription_id?: string | undefined;
  order_id?: string | undefined;
  email?: string | undefined;
  external_customer_id?: string | undefined;
  customer_id?: string | undefined;
  external_member_id?: string | undefined;
  member_id?: string | undefined;
}

const given = (...values: (string | undefined)[]) => values.filter(Boolean).length;

/** Polar's rules on which ways of naming somebody go together. */
function assignError(wanted: Recipient): string | null {
  if (given(wanted.subscription_id, wanted.order_id) !== 1)
    return "Exactly one of subscription_id or order_id must be provided";
  const legacy = given(wanted.external_customer_id, wanted.customer_id);
  const member = given(wanted.external_member_id, wanted.member_id);
  const address = given(wanted.email);
  if (legacy + member + address === 0)
    return "At least one of email, external_customer_id, customer_id, external_member_id, or member_id must be provided";
  if (legacy > 0 && member > 0)
    return "Cannot combine external_customer_id/customer_id with external_member_id/member_id";
  if (member > 1) return "Cannot provide both external_member_id and member_id";
  if (legacy > 0 && legacy + address !== 1)
    return "Exactly one of email, external_customer_id, or customer_id must be provided";
  return wanted.member_id && wanted.email ? "Cannot combine member_id with email" : null;
}

const seatAssign = refined(
  object({
    ...container,
    email: optional(email()),
    external_customer_id: optional(string()),
    customer_id: optional(uuid()),
    external_member_id: optional(string()),
    member_id: optional(uuid()),
    metadata: withDefault(metadata, {}),
    immediate_claim: withDefault(boolean(), false),
  }),
  assignError,
);

function notFound(detail: string) {
  return polarError(404, "ResourceNotFound", detail);
}

function need(world: World, wanted: Recipient): SeatContainer {
  const { subscription_id, order_id } = wanted;
  const subscription = world.subscriptions.get(subscription_id);
  const order = world.orders.get(order_id);
  if (subscription) return { subscription };
  if (order) return { order };
  if (subscription_id) throw notFound("Subscription not found");
  if (order_id) throw notFound("Order not found");
  throw polarError(400, "BadRequest", "Either subscription_id or order_id must be provided");
}

function payer(world: World, container: SeatContainer): CustomerDoc {
  const { customer_id } = "subscription" in container ? container.subscription : container.order;
  return world.customers.need(customer_id);
}

/** The address of a member that is named by an id. */
function memberEmail(world: World, owner: CustomerDoc, wanted: Recipient): string | undefined {
  const { member_id, external_member_id } = wanted;
  if (!member_id && !external_member_id) return wanted.email;
  const mine = world.members.where("customer_id", owner.id);
  const found = mine.find((member) =>
    member_id ? member.id === member_id : member.external_id === external_member_id,
  );
  if (found) {
    if (wanted.email && found.email.toLowerCase() !== wanted.email.toLowerCase())
      throw polarError(
        400,
        "MemberEmailMismatch",
        `Member with external_member_id '${external_member_id}' exists but has a different email than '${wanted.email}'`,
      );
    return found.email;
  }
  if (wanted.email) return wanted.email;
  const named = member_id ?? external_member_id;
  throw polarError(404, "MemberNotFound", `Member not found: ${named}`);
}

/** The customer who is to sit: known, or new by their address. */
function holder(world: World, owner: CustomerDoc, wanted: Recipient): CustomerDoc {
  const { customer_id, external_customer_id } = wanted;
  const address = memberEmail(world, owner, wanted);
  if (address)
    return customerByEmail(world, address) ?? newCustomerDocument(world, { email: address });
  const found = customer_id
    ? world.customers.get(customer_id)
    : customerByExternalId(world, external_customer_id ?? "");
  if (!found || found.deleted_at)
    throw polarError(
      404,
      "CustomerNotFound",
      `Customer not found: ${external_customer_id ?? customer_id}`,
    );
  return found;
}

function assign({ world, body }: Call) {
  const wanted = parse(seatAssign, body);
  const container = need(world, wanted);
  const who = holder(world, payer(world, container), wanted);
  const seat = assignSeat(world, container, who, {
    claimed: wanted.immediate_claim,
    metadata: wanted.metadata,
  });
  if (wanted.external_member_id && seat.member_id)
    world.members.patch(seat.member_id, { external_id: wanted.external_member_id });
  return serializeSeat(world, seat);
}

function needSeat(world: World, id: string | undefined): SeatDoc {
  const seat = world.seats.get(id);
  if (!seat) throw notFound("Seat not found");
  return seat;
}

function resend({ world, params }: Call) {
  const seat = needSeat(world, params.seat_id);
  if (seat.status !== "pending")
    throw polarError(400, "SeatNotPending", "Seat is not in pending status");
  return serializeSeat(world, seat);
}

function claimInfo({ world, params }: Call) {
  const seat = invitedSeat(world, params.invitation_token ?? "");
  if (!seat) throw notFound("Invalid or expired invitation token");
  const container = containerOf(world, seat);
  const { product_id } = "subscription" in container ? container.subscription : container.order;
  const product = world.products.need(product_id);
  const { name, slug } = world.organization;
  return {
    product_name: product.name,
    product_id: product.id,
    organization_name: name,
    organization_slug: slug,
    customer_email: seat.email ?? "",
    can_claim: true,
  };
}

function claim({ world, body }: Call) {
  const { invitation_token } = parse(object({ invitation_token: string() }), body);
  const seat = claimSeat(world, invitation_token);
  const session = createSession(world, seat.customer_id ?? "", null);
  return { seat: serializeSeat(world, seat), customer_session_token: session.token };
}

export const customerSeatRoutes: Routes = {
  "GET /v1/customer-seats": ({ world, query }) => {
    const found = need(world, parse(object(container), query, ["query"]));
    return {
      seats: seatsOf(world, found).map((seat) => serializeSeat(world, seat)),
      ...seatCounts(world, found),
    };
  },
  "POST /v1/customer-seats": assign,
  "DELETE /v1/customer-seats/{seat_id}": ({ world, params }) =>
    serializeSeat(world, revokeSeat(world, needSeat(world, params.seat_id))),
  "POST /v1/customer-seats/{seat_id}/resend": resend,
};

/** What somebody who was invited may call, with the invitation's token alone. */
export const seatClaimRoutes: Routes = {
  "GET /v1/customer-seats/claim/{invitation_token}": claimInfo,
  "POST /v1/customer-seats/claim": claim,
};
