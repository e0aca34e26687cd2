import type { Work } from "../store/documents.ts";
import type { World } from "../world.ts";
import { expireCheckout, payCheckout } from "./checkout.ts";
import { emitState } from "./customers.ts";
import { syncOrderGrants, syncSubscriptionGrants } from "./grants.ts";
import { updateCustomerMeter } from "./meters.ts";
import { generateInvoice } from "./order-events.ts";
import { chargeOrder } from "./orders.ts";
import { settleRefund } from "./refunds.ts";
import { cycleMeters, cycleSubscription, updateSubscriptionMeters } from "./subscriptions.ts";

/** Does one piece of scheduled work. */
export function perform(world: World, work: Work): void {
  switch (work.kind) {
    case "checkout.pay":
      return payCheckout(world, work.checkout_id);
    case "checkout.expire":
      return expireCheckout(world, work.checkout_id);
    case "customer.state":
      return emitState(world, work.customer_id);
    case "grants.sync":
      return syncSubscriptionGrants(world, work.subscription_id, work.cycle);
    case "grants.order":
      return syncOrderGrants(world, work.order_id, work.revoke);
    case "meter.update": {
      if (!updateCustomerMeter(world, work.customer_id, work.meter_id)) return;
      for (const subscription of world.subscriptions.where("customer_id", work.customer_id))
        updateSubscriptionMeters(world, subscription.id);
      return;
    }
    case "order.charge":
      return chargeOrder(world, work.order_id);
    case "order.invoice":
      return generateInvoice(world, work.order_id);
    case "refund.settle":
      return settleRefund(world, work.refund_id);
    case "subscription.cycle":
      return cycleSubscription(world, work.subscription_id);
    case "subscription.meter_cycle":
      return cycleMeters(world, work.subscription_id);
  }
}
