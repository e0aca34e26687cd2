import type { models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";
import { portalOf, refusedWith } from "../support/portal";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

test("a subscription is cancelled with its reason, kept, and changed as far as the shop allows", async () => {
  await life.buy(life.products.plan, "changes");
  await life.buy(life.products.plan, "somebody-else");
  const { portal } = await portalOf(life, "changes");
  const { subscriptions } = portal;
  const [mine, ...others] = (await subscriptions.list({ active: true })).items;
  expect(others).toEqual([]);
  const id = mine?.id ?? "";
  expect(mine).toMatchObject({ product: { name: "Pro", organization: { name: "Acme" } } });
  expect(mine).not.toHaveProperty("metadata");
  const canceled = await subscriptions.update(id, {
    cancel_at_period_end: true,
    cancellation_reason: "too_expensive",
    cancellation_comment: "For now",
  });
  expect(canceled).toMatchObject({
    status: "active",
    cancel_at_period_end: true,
    customer_cancellation_reason: "too_expensive",
    customer_cancellation_comment: "For now",
  });
  await expect(subscriptions.cancel(id)).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "AlreadyCanceledSubscription" },
  });
  expect(await subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at_period_end: false,
    customer_cancellation_reason: null,
  });
  const yearly = life.products.yearly.id;
  expect((await subscriptions.update(id, { product_id: yearly })).product_id).toBe(yearly);
  await expect(subscriptions.update(id, { pause_at_period_end: true })).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "PauseResumeNotAllowed" },
  });
  const unknown = { nonsense: 1 } as models.CustomerSubscriptionUpdate;
  await expect(subscriptions.update(id, unknown)).rejects.toMatchObject(refusedWith(422));

  const { portal: stranger } = await portalOf(life, "somebody-else");
  await expect(stranger.subscriptions.get(id)).rejects.toMatchObject(refusedWith(404));
  expect((await subscriptions.cancel(id)).cancel_at_period_end).toBe(true);
});

test("seats are changed by the customer who has them", async () => {
  const team = await life.polar.products.create({
    name: "Team",
    recurring_interval: "month",
    prices: [
      {
        amount_type: "seat_based",
        seat_tiers: {
          seat_tier_type: "volume",
          tiers: [{ min_seats: 1, max_seats: null, price_per_seat: 1000 }],
        },
      },
    ],
  });
  await life.buy(team, "seats");
  const { portal } = await portalOf(life, "seats");
  const [mine] = (await portal.subscriptions.list({})).items;
  const changed = await portal.subscriptions.update(mine?.id ?? "", { seats: 3 });
  expect(changed).toMatchObject({ seats: 3, amount: 3000 });
  const none = portal.subscriptions.update(mine?.id ?? "", { seats: 0 });
  await expect(none).rejects.toMatchObject(refusedWith(422));
});

test("plans stay as they are where the shop allows no change", async () => {
  await life.buy(life.products.plan, "fixed");
  const [organization] = (await life.polar.organizations.list({})).items;
  const settings = organization?.customer_portal_settings;
  if (!organization || !settings) throw new Error("there is no organization");
  const allow = (update_plan: boolean, pause: boolean) =>
    life.polar.organizations.update(organization.id, {
      customer_portal_settings: {
        ...settings,
        subscription: { update_seats: true, update_plan, pause },
      },
    });
  await allow(false, true);
  const { portal } = await portalOf(life, "fixed");
  const [mine] = (await portal.subscriptions.list({})).items;
  const change = portal.subscriptions.update(mine?.id ?? "", {
    product_id: life.products.yearly.id,
  });
  await expect(change).rejects.toMatchObject({
    statusCode: 403,
    error: { error: "UpdateSubscriptionPlanNotAllowed" },
  });
  const paused = await portal.subscriptions.update(mine?.id ?? "", { pause_at_period_end: true });
  expect(paused.pause_at_period_end).toBe(true);
  await allow(true, false);
});
