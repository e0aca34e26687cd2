import { newId } from "../ids.ts";
import { serializeMember } from "../serializers/seat.ts";
import type { CustomerDoc, MemberDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Whether anything is sold by the seat here: customers have members only then. */
function sellsSeats(world: World): boolean {
  for (const { prices } of world.products.values())
    if (prices.some(({ amount_type }) => amount_type === "seat_based")) return true;
  return false;
}

function put(world: World, member: Omit<MemberDoc, "id" | "created_at" | "modified_at">) {
  return world.members.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    ...member,
  });
}

/** Makes a new customer the first member of itself, where seats are sold, and tells of that. */
export function addOwner(world: World, customer: CustomerDoc): void {
  if (!sellsSeats(world)) return;
  const { id, email, name, external_id } = customer;
  const owner = put(world, { customer_id: id, email, name, external_id, role: "owner" });
  world.emitter.emit("member.created", serializeMember(owner));
}

/**
 * The member of this address, or a new one. Those who come by a seat are not told of, as at Polar. A
 * customer of before seats were sold becomes its owner when it takes one.
 */
export function memberOf(world: World, customer: CustomerDoc, email: string): MemberDoc {
  const same = (other: string) => other.toLowerCase() === email.toLowerCase();
  const mine = world.members.where("customer_id", customer.id);
  const found = mine.find((member) => same(member.email));
  if (found) return found;
  const isOwner = same(customer.email) && mine.every(({ role }) => role !== "owner");
  return put(world, {
    customer_id: customer.id,
    email,
    name: isOwner ? customer.name : null,
    external_id: isOwner ? customer.external_id : null,
    role: isOwner ? "owner" : "member",
  });
}

/** Forgets the members of a customer that is deleted, and tells of each; returns their ids. */
export function removeMembers(world: World, customerId: string): string[] {
  return world.members.where("customer_id", customerId).map((member) => {
    world.members.remove(member.id);
    world.emitter.emit("member.deleted", serializeMember(member));
    return member.id;
  });
}
