import type { models } from "@polar-sh/sdk/2026-10";
import type { MemberDoc, SeatDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

export function serializeMember(member: MemberDoc): models.Member {
  return { ...member };
}

export function serializeSeat(world: World, seat: SeatDoc): models.CustomerSeat {
  const { invitation_token: _, ...shown } = seat;
  const member = world.members.get(seat.member_id);
  return {
    ...shown,
    member: member ? serializeMember(member) : null,
    customer_email: seat.email,
  };
}
