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

type Problem = { type: string; loc: (string | number)[]; msg: string };
const past = "2020-01-01T00:00:00Z";
const later = "2099-01-01T00:00:00Z";

test.each([
  ["an unknown field", { nonsense: 1 }],
  ["two kinds at once", { cancel_at_period_end: true, pause_at_period_end: true }],
  ["a plan and seats", { product_id: crypto.randomUUID(), seats: 2 }],
  ["metadata beside a cancellation", { metadata: { a: 1 }, cancel_at_period_end: true }],
  ["a revocation and an end", { revoke: true, cancel_at_period_end: true }],
  ["no revocation", { revoke: false }],
  ["no resumption", { resume: false }],
  ["a reason without a cancellation", { customer_cancellation_reason: "unused" }],
  ["no seats", { seats: null }],
  ["none of the seats", { seats: 0 }],
  ["more seats than there are numbers", { seats: 2 ** 31 }],
  ["no units", { units: 0 }],
  ["no metadata", { metadata: null }],
  ["no answer on the end", { cancel_at_period_end: null }],
  ["a date to resume at alone", { resumes_at: later }],
  ["a date to resume at that is over", { pause_at_period_end: true, resumes_at: past }],
  ["a trial that is over", { trial_end: past }],
  ["a period that is over", { current_billing_period_end: past }],
  ["a pending change", { pending_update: {} }],
  ["a list", []],
])("an update that is none of Polar's kinds is refused: %s", async (_, body) => {
  const answer = await patch(crypto.randomUUID(), body);
  expect(answer).toMatchObject({ code: 422, error: "RequestValidationError" });
  for (const { loc } of answer.detail as Problem[]) expect(loc[0]).toBe("body");
});

test("a refused update is told what is wrong by each kind of it", async () => {
  const { detail } = await patch(crypto.randomUUID(), { revoke: false });
  const problems = (detail as Problem[]).map(({ type, loc }) => [type, ...loc].join(" "));
  expect(problems).toContain("literal_error body SubscriptionRevoke revoke");
  expect(problems).toContain("extra_forbidden body SubscriptionUpdateBase revoke");
  expect(problems).toContain("missing body SubscriptionUpdateSeats seats");
  const late = await patch(crypto.randomUUID(), { trial_end: past });
  expect(late.detail).toContainEqual(
    expect.objectContaining({ type: "datetime_future", msg: "Input should be in the future" }),
  );
});

test("what is one of Polar's kinds is done, whatever else it may hold", async () => {
  const id = await subscribe("kinds");
  expect(await patch(id, {})).toMatchObject({ code: 200 });
  expect(await patch(id, { product_id: null, trial_end: null })).toMatchObject({ code: 200 });
  expect(await patch(id, { units: 2 })).toMatchObject({ code: 501 });
  expect(await patch(id, { seats: 2 })).toMatchObject({ code: 400 });
  expect(await patch(id, { pending_update: null })).toMatchObject({
    code: 422,
    error: "PolarRequestValidationError",
  });
  const wanted = { metadata: { team: "blue" }, trial_end: later };
  expect(await patch(id, wanted)).toMatchObject({ code: 200, status: "trialing" });
  expect((await life.polar.subscriptions.get(id)).metadata).toEqual({ team: "blue" });
  expect(await patch(id, { pause_at_period_end: true, resumes_at: null })).toMatchObject({
    code: 409,
  });
  const why = { customer_cancellation_reason: "unused", customer_cancellation_comment: null };
  expect(await patch(id, { revoke: true, ...why })).toMatchObject({
    code: 200,
    status: "canceled",
  });
});
