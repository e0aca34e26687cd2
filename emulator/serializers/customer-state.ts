import type { models } from "@polar-sh/sdk/2026-10";
import type { CustomerDoc, GrantDoc, SubscriptionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer } from "./customer.ts";
import { meterBalance } from "./customer-meter.ts";
import { isGranted } from "./grant.ts";
import { serializeSubscriptionMeter } from "./subscription.ts";

/** SDK 1.0.1's types of the status and of a meter credit's properties are other things of the same name. */
type StateSubscription = Omit<models.CustomerStateSubscription, "status"> & {
  status: "active" | "trialing";
};
type StateGrant = Omit<models.CustomerStateBenefitGrant, "properties"> &
  Pick<GrantDoc, "properties">;
export type CustomerState = Omit<
  models.CustomerStateIndividual,
  "active_subscriptions" | "granted_benefits" | "type"
> & {
  type: models.CustomerType;
  active_subscriptions: StateSubscription[];
  granted_benefits: StateGrant[];
};

function serializeStateSubscription(
  subscription: SubscriptionDoc,
  status: StateSubscription["status"],
): StateSubscription {
  return {
    id: subscription.id,
    created_at: subscription.created_at,
    modified_at: subscription.modified_at,
    custom_field_data: subscription.custom_field_data,
    metadata: subscription.metadata,
    status,
    amount: subscription.amount,
    currency: subscription.currency,
    recurring_interval: subscription.recurring_interval,
    current_period_start: subscription.current_period_start,
    current_period_end: subscription.current_period_end,
    trial_start: subscription.trial_start,
    trial_end: subscription.trial_end,
    cancel_at_period_end: subscription.cancel_at_period_end,
    canceled_at: subscription.canceled_at,
    started_at: subscription.started_at,
    ends_at: subscription.ends_at,
    product_id: subscription.product_id,
    discount_id: subscription.discount_id,
    seats: subscription.seats,
    units: null,
    meters: subscription.meters.map(serializeSubscriptionMeter),
    ...{ price_id: subscription.price_ids[0] ?? null },
  };
}

/**
 * A customer with what they may use now. As at Polar it lists trialing and active subscriptions only:
 * one that is past due is missing, so absence here says nothing.
 */
export function serializeCustomerState(world: World, customer: CustomerDoc): CustomerState {
  return {
    ...serializeCustomer(customer),
    active_subscriptions: world.subscriptions
      .where("customer_id", customer.id)
      .flatMap((subscription) =>
        subscription.status === "active" || subscription.status === "trialing"
          ? [serializeStateSubscription(subscription, subscription.status)]
          : [],
      ),
    granted_benefits: world.grants
      .where("customer_id", customer.id)
      .filter(isGranted)
      .map((grant) => {
        const benefit = world.benefits.need(grant.benefit_id);
        return {
          id: grant.id,
          created_at: grant.created_at,
          modified_at: grant.modified_at,
          granted_at: grant.granted_at ?? grant.created_at,
          benefit_id: grant.benefit_id,
          benefit_type: benefit.type,
          benefit_metadata: benefit.metadata,
          properties: grant.properties,
        };
      }),
    active_meters: world.customerMeters.where("customer_id", customer.id).map((meter) => ({
      id: meter.id,
      created_at: meter.created_at,
      modified_at: meter.modified_at,
      meter_id: meter.meter_id,
      consumed_units: meter.consumed_units,
      credited_units: meter.credited_units,
      balance: meterBalance(meter),
    })),
  };
}
