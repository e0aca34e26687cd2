import { serializeCustomer } from "../serializers/customer.ts";
import type { World } from "../world.ts";
import { stateChanged } from "./customers.ts";
import { revokeSubscription } from "./subscriptions.ts";

/** Deletes a customer: their subscriptions end at once. The document and its external id stay. */
export function deleteCustomer(world: World, id: string): void {
  for (const subscription of world.subscriptions.where("customer_id", id))
    if (subscription.status !== "canceled") revokeSubscription(world, subscription.id, {});
  const at = world.clock.tick();
  const customer = world.customers.patch(id, { deleted_at: at, modified_at: at });
  world.emitter.emit("customer.deleted", serializeCustomer(customer));
  stateChanged(world, id);
}
