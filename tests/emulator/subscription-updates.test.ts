import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

// What may be asked of a subscription, and when.
let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

/** Sends any body as it is, and returns what came of it. */
async function patch(id: string, body: unknown) {
  const response = await fetch(`${life.emulator.url}/v1/subscriptions/${id}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${life.emulator.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  const { error, detail, status } = (await response.json()) as Record<string, unknown>;
  return { code: response.status, error, detail, status };
}

async function subscribe(externalId: string) {
  await life.buy(life.products.plan, externalId);
  const { items } = await life.polar.subscriptions.list({ external_customer_id: externalId });
  return items[0]?.id ?? "";
}

test("what a subscription's state does not allow is refused with Polar's status", async () => {
  const id = await subscribe("states");
  const refused = (code: number, error: string) => ({ code, error });
  const cannotPause = refused(409, "CannotPauseSubscription");
  const alreadyCanceled = refused(403, "AlreadyCanceledSubscription");
  const pause = { pause_at_period_end: true };
  expect(await patch(id, { cancel_at_period_end: false })).toMatchObject({
    ...refused(400, "BadRequest"),
    detail: "Bad request",
  });
  expect(await patch(id, { pause_at_period_end: false })).toMatchObject({
    ...refused(409, "NoScheduledPause"),
    detail: "This subscription is not scheduled to be paused.",
  });
  expect(await patch(id, { resume: true })).toMatchObject(refused(409, "NotPausedSubscription"));
  await life.polar.subscriptions.update(id, pause);
  expect(await patch(id, pause)).toMatchObject(cannotPause);
  await life.polar.subscriptions.update(id, { cancel_at_period_end: true });
  expect(await patch(id, pause)).toMatchObject(cannotPause);
  expect(await patch(id, { cancel_at_period_end: true })).toMatchObject(alreadyCanceled);
  await life.polar.subscriptions.update(id, { cancel_at_period_end: false });
  const { current_period_end } = await life.polar.subscriptions.update(id, pause);
  await life.control("POST", "clock/advance", { to: current_period_end });
  expect((await life.polar.subscriptions.get(id)).status).toBe("paused");
  expect(await patch(id, { cancel_at_period_end: true })).toMatchObject(alreadyCanceled);
  expect(await patch(id, { trial_end: "2099-01-01T00:00:00Z" })).toMatchObject(
    refused(403, "InactiveSubscription"),
  );
  await life.polar.subscriptions.update(id, { revoke: true });
  expect(await patch(id, { revoke: true })).toMatchObject(alreadyCanceled);
  expect(await patch(id, { product_id: life.products.yearly.id })).toMatchObject(alreadyCanceled);
  expect(await patch(id, { cancel_at_period_end: false })).toMatchObject({
    ...refused(410, "ResourceUnavailable"),
    detail: "Unavailable",
  });
});

test("a trial that is given to a running subscription has an end, and no start of its own", async () => {
  const id = await subscribe("tries-again");
  const trial_end = "2099-01-01T00:00:00.000000Z";
  expect(await life.polar.subscriptions.update(id, { trial_end })).toMatchObject({
    status: "trialing",
    trial_start: null,
    trial_end,
    current_period_end: trial_end,
  });
});
