import type { models } from "@polar-sh/sdk/2026-10";
import { newId } from "../ids.ts";
import { isGranted, serializeGrantWebhook } from "../serializers/grant.ts";
import type { BenefitDoc, GrantDoc, SubscriptionDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import { stateChanged } from "./customers.ts";
import { grantLicenseKey, grantOfKey, revokeLicenseKey } from "./license-keys.ts";
import { creditMeter, lastReset, resetMeter } from "./meters.ts";
import { revokeSeats, seatHolders } from "./seats.ts";

type Scope = Pick<GrantDoc, "customer_id" | "subscription_id" | "order_id">;

function tell(
  world: World,
  what: "created" | "updated" | "cycled" | "revoked",
  grant: GrantDoc,
  previous: GrantDoc["properties"],
): void {
  const type: models.WebhookEventType = `benefit_grant.${what}`;
  world.emitter.emit(type, serializeGrantWebhook(world, grant, previous));
  stateChanged(world, grant.customer_id);
}

/** Credits a meter and returns the grant's new properties. */
function credit(
  world: World,
  benefit: Extract<BenefitDoc, { type: "meter_credit" }>,
  grant: GrantDoc,
  units: number,
): GrantDoc["properties"] {
  const { meter_id, rollover } = benefit.properties;
  creditMeter(world, grant.customer_id, { meter_id, rollover, units });
  return {
    last_credited_meter_id: meter_id,
    last_credited_units: units,
    last_credited_at: world.clock.now().replace("Z", "+00:00"),
  };
}

/** Gives what a benefit consists of, where that is a thing of ours, and returns the grant's new properties. */
function give(world: World, benefit: BenefitDoc, grant: GrantDoc): GrantDoc["properties"] {
  switch (benefit.type) {
    case "meter_credit":
      return credit(world, benefit, grant, benefit.properties.units);
    case "license_keys":
      return grantLicenseKey(world, benefit, grant);
    default:
      return {};
  }
}

function grant(world: World, scope: Scope, benefit: BenefitDoc, found?: GrantDoc): void {
  const at = world.clock.tick();
  const previous = found?.properties ?? {};
  const made = world.grants.put({
    id: found?.id ?? newId(),
    created_at: found?.created_at ?? at,
    modified_at: found ? at : null,
    granted_at: at,
    revoked_at: null,
    ...scope,
    benefit_id: benefit.id,
    properties: previous,
  });
  const properties = give(world, benefit, made);
  const writes = benefit.type === "meter_credit" || benefit.type === "license_keys";
  const modified_at = writes ? world.clock.tick() : made.modified_at;
  tell(world, "created", world.grants.patch(made.id, { properties, modified_at }), previous);
}

function cycle(world: World, found: GrantDoc, benefit: BenefitDoc): void {
  const previous = found.properties;
  if (benefit.type === "meter_credit") {
    const { meter_id } = benefit.properties;
    const reset = lastReset(world, found.customer_id, meter_id);
    // Billing has reset the meters that it charges; here follow those that are only credited.
    const creditedAt = (previous.last_credited_at ?? "").replace("+00:00", "Z");
    if (!reset || reset < creditedAt) resetMeter(world, found.customer_id, meter_id);
  }
  const properties = benefit.type === "meter_credit" ? give(world, benefit, found) : previous;
  const modified_at = world.clock.tick();
  tell(world, "cycled", world.grants.patch(found.id, { properties, modified_at }), previous);
}

function revoke(world: World, found: GrantDoc): void {
  const benefit = world.benefits.need(found.benefit_id);
  const previous = found.properties;
  const units = -(previous.last_credited_units ?? 0);
  const properties =
    benefit.type === "meter_credit" && units !== 0
      ? credit(world, benefit, found, units)
      : previous;
  if (benefit.type === "license_keys") revokeLicenseKey(world, found);
  const at = world.clock.tick();
  const revoked = world.grants.patch(found.id, { properties, revoked_at: at, modified_at: at });
  tell(world, "revoked", revoked, previous);
}

function wantedBenefits(world: World, productId: string): BenefitDoc[] {
  return world.products
    .need(productId)
    .benefit_ids.map((id) => world.benefits.need(id))
    .filter((benefit) => !benefit.is_deleted);
}

/** Brings a scope's grants to what is wanted: first what is taken away, then what is given. */
function sync(
  world: World,
  scope: Scope,
  existing: readonly GrantDoc[],
  wanted: readonly BenefitDoc[],
  renew: boolean,
): void {
  for (const found of existing)
    if (isGranted(found) && !wanted.some((benefit) => benefit.id === found.benefit_id))
      revoke(world, found);
  for (const benefit of wanted) {
    const found = existing.find((candidate) => candidate.benefit_id === benefit.id);
    if (!found || !isGranted(found)) grant(world, scope, benefit, found);
    else if (renew) cycle(world, found, benefit);
  }
}

/** Brings the grants of all who have or had something by a subscription or an order to what is wanted. */
function syncHolders(
  world: World,
  scope: Omit<Scope, "customer_id">,
  holders: readonly string[],
  { existing, wanted, renew }: { existing: GrantDoc[]; wanted: BenefitDoc[]; renew: boolean },
): void {
  for (const customer_id of new Set([...existing.map((found) => found.customer_id), ...holders]))
    sync(
      world,
      { ...scope, customer_id },
      existing.filter((found) => found.customer_id === customer_id),
      holders.includes(customer_id) ? wanted : [],
      renew,
    );
}

/** Whether a subscription that is past due keeps its benefits for the time being. */
function isInGrace(world: World, { status, past_due_at }: SubscriptionDoc): boolean {
  const days = world.organization.subscription_settings.benefit_revocation_grace_period;
  if (status !== "past_due" || !past_due_at) return false;
  return world.clock.now() < addDays(past_due_at, days);
}

/** Grants once more what is granted, and nothing else. */
function cycleGranted(world: World, { id }: SubscriptionDoc): void {
  for (const found of world.grants.where("subscription_id", id))
    if (isGranted(found)) cycle(world, found, world.benefits.need(found.benefit_id));
}

/**
 * Gives a subscription's customer, or those who sit on its seats, what its product holds, or takes it
 * back where the subscription is not live. `renew` grants once more what is granted, for a new period.
 */
export function syncSubscriptionGrants(world: World, subscriptionId: string, renew: boolean): void {
  const subscription = world.subscriptions.need(subscriptionId);
  if (isInGrace(world, subscription)) {
    if (renew) cycleGranted(world, subscription);
    return;
  }
  const live = subscription.status === "active" || subscription.status === "trialing";
  if (!live) revokeSeats(world, subscription);
  const holders =
    subscription.seats === null ? [subscription.customer_id] : seatHolders(world, { subscription });
  syncHolders(world, { subscription_id: subscription.id, order_id: null }, holders, {
    existing: world.grants.where("subscription_id", subscription.id),
    wanted: live ? wantedBenefits(world, subscription.product_id) : [],
    renew,
  });
}

/** Gives the customer of a one-time order, or those who sit on its seats, what its product holds, or takes it back. */
export function syncOrderGrants(world: World, orderId: string, revoked: boolean): void {
  const order = world.orders.need(orderId);
  const holders = order.seats === null ? [order.customer_id] : seatHolders(world, { order });
  syncHolders(world, { subscription_id: null, order_id: order.id }, holders, {
    existing: world.grants.where("order_id", order.id),
    wanted: revoked ? [] : wantedBenefits(world, order.product_id),
    renew: false,
  });
}

/** A benefit allows its keys something else: so does the key of this grant now. */
export function updateGrant(world: World, grantId: string): void {
  const found = world.grants.need(grantId);
  if (!isGranted(found)) return;
  const previous = found.properties;
  const properties = give(world, world.benefits.need(found.benefit_id), found);
  const modified_at = world.clock.tick();
  tell(world, "updated", world.grants.patch(found.id, { properties, modified_at }), previous);
}

/** A key was revoked or given back by its seller: its grant follows. */
export function syncKeyGrant(world: World, licenseKeyId: string): void {
  const key = world.licenseKeys.need(licenseKeyId);
  const found = grantOfKey(world, key);
  if (!found) return;
  if (key.status === "revoked") {
    if (isGranted(found)) revoke(world, found);
  } else if (!isGranted(found)) {
    const { customer_id, subscription_id, order_id } = found;
    const benefit = world.benefits.need(found.benefit_id);
    grant(world, { customer_id, subscription_id, order_id }, benefit, found);
  }
}
