import type { Work } from "../store/documents.ts";
import type { World } from "../world.ts";
import { chargeOrder } from "./charges.ts";
import { expireCheckout, payCheckout } from "./checkout.ts";
import { emitState } from "./customers.ts";
import { cycleMeters, cycleSubscription } from "./cycle.ts";
import { syncKeyGrant, syncOrderGrants, syncSubscriptionGrants, updateGrant } from "./grants.ts";
import { updateCustomerMeter } from "./meters.ts";
import { generateInvoice } from "./order-events.ts";
import { resumeDue } from "./pause.ts";
import { settleRefund } from "./refunds.ts";
import { updateSubscriptionMeters } from "./subscription-meters.ts";

/** Does one piece of scheduled work. */
export function perform(world: World, work: Work): void {
  switch (work.kind) {
    case "checkout.pay":
      payCheckout(world, work.checkout_id);
      break;
    case "checkout.expire":
      expireCheckout(world, work.checkout_id);
      break;
    case "customer.state":
      emitState(world, work.customer_id);
      break;
    case "grants.sync":
      syncSubscriptionGrants(world, work.subscription_id, work.cycle);
      break;
    case "grants.order":
      syncOrderGrants(world, work.order_id, work.revoke);
      break;
    case "grant.license_key":
      syncKeyGrant(world, work.license_key_id);
      break;
    case "grant.update":
      updateGrant(world, work.grant_id);
      break;
    case "meter.update": {
      if (!updateCustomerMeter(world, work.customer_id, work.meter_id)) break;
      for (const subscription of world.subscriptions.where("customer_id", work.customer_id))
        updateSubscriptionMeters(world, subscription.id);
      break;
    }
    case "order.charge":
      chargeOrder(world, work.order_id);
      break;
    case "order.invoice":
      generateInvoice(world, work.order_id);
      break;
    case "refund.settle":
      settleRefund(world, work.refund_id);
      break;
    case "subscription.cycle":
      cycleSubscription(world, work.subscription_id);
      break;
    case "subscription.resume":
      resumeDue(world, work.subscription_id);
      break;
    case "subscription.meter_cycle":
      cycleMeters(world, work.subscription_id);
      break;
  }
}
