import { randomUUID } from "node:crypto";
import { count, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { live } from "../../support/customer-life";
import type { Step } from "../../support/customer-steps";
import { person } from "../../support/people";
import type { Delivery } from "../../support/polar-life";
import { type Chaos, chaosOf, spread } from "./chaos";
import type { Stage } from "./stage";
import { mirroredTables, requireSame, type State, stateOf } from "./state";
import { twinDelivery, twinOf } from "./twin";

/** Somebody's life: what happened, and every delivery about it, in Polar's order. */
type Lived = {
  steps: readonly Step[];
  workspaceId: string;
  customerId: string;
  isDeleted: boolean;
  deliveries: Delivery[];
};

const width = 8;

async function untilApplied(): Promise<void> {
  for (;;) {
    const [inbox] = await db().execute<{ pending: number; error: string | null }>(
      sql`select count(*)::int as pending, max(last_error) as error from webhook_inbox where status = 'pending'`,
    );
    if (inbox?.error) throw new Error(`A webhook could not be applied: ${inbox.error}`);
    if (!inbox?.pending) return;
  }
}

/** Gives each delivery to the life that it is about: those before go on while this one is lived. */
function collect({ life }: Stage, lives: readonly Lived[]): void {
  for (const delivery of life.take())
    lives.find(({ customerId }) => delivery.body.includes(customerId))?.deliveries.push(delivery);
}

/** Lives one life; on the way some of its webhooks arrive, in any order, and some pulls happen. */
async function record(
  stage: Stage,
  steps: readonly Step[],
  chaos: Chaos,
  lives: Lived[],
): Promise<void> {
  const { life, post } = stage;
  const { id: workspaceId, email } = await person(randomUUID());
  await person(twinOf(workspaceId));
  const customer = await life.polar.customers.create({ email, external_id: workspaceId });
  const isDeleted = chaos.chance(0.3);
  const lived: Lived = {
    steps,
    workspaceId,
    customerId: customer.id,
    isDeleted,
    deliveries: [],
  };
  lives.push(lived);
  for (const step of steps) {
    await live(life, customer, step);
    collect(stage, lives);
    if (chaos.chance(0.2)) {
      const early = chaos.shuffle(lived.deliveries).slice(0, 1 + chaos.below(4));
      await spread(early, width, post);
    }
    if (chaos.chance(0.15)) await pullWorkspace(workspaceId);
  }
  await life.control("PUT", `customers/${customer.id}/card`, { number: "4242424242424242" });
  if (isDeleted) await life.polar.customers.delete(customer.id);
  await life.settle();
  collect(stage, lives);
}

/** What is left to deliver: everything, a part of it twice, and pulls, in any order. */
async function deliverAll(stage: Stage, lives: readonly Lived[], chaos: Chaos): Promise<void> {
  const work = lives.flatMap(({ deliveries, workspaceId }) => [
    ...deliveries.map((delivery) => () => stage.post(delivery)),
    ...deliveries.filter(() => chaos.chance(0.25)).map((delivery) => () => stage.post(delivery)),
    ...(chaos.chance(0.3) ? [() => pullWorkspace(workspaceId)] : []),
  ]);
  await spread(chaos.shuffle(work), width, (task) => task());
  await untilApplied();
}

/** The twin's life, told in order, each event once. */
async function deliverInOrder({ deliveries }: Lived): Promise<void> {
  const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
  for (const delivery of deliveries) {
    const { headers, body } = twinDelivery(delivery, secret);
    const receipt = await receiveWebhook(body, new Headers(headers));
    if (receipt.status !== "stored") throw new Error(`A delivery was ${receipt.status}.`);
    if (!(await applyWebhook(receipt.id))) throw new Error(`${receipt.type} was not applied.`);
  }
}

async function compare({ workspaceId, steps, deliveries }: Lived): Promise<void> {
  const [any, inOrder] = await Promise.all([stateOf(workspaceId), stateOf(twinOf(workspaceId))]);
  requireSame(
    `A life ends differently when its ${deliveries.length} webhooks come in another order.`,
    steps,
    ["In order", inOrder],
    ["In any order", JSON.parse(twinOf(JSON.stringify(any))) as State],
  );
}

/**
 * Takes away what is mirrored of a life and has it rebuilt from Polar alone: the same state, and nothing mailed again.
 * Of a deleted customer Polar does not say any more whose it was.
 */
async function compareRebuilt({ workspaceId, steps, isDeleted }: Lived): Promise<void> {
  if (isDeleted) return;
  const before = await stateOf(workspaceId);
  for (const table of [...mirroredTables, "customer_meters"])
    await db().execute(
      sql`delete from ${sql.identifier(table)} where workspace_id = ${workspaceId}`,
    );
  await reconcile({ workspaceId, mode: "rebuild" });
  requireSame(
    "A life ends differently when it is rebuilt from Polar.",
    steps,
    ["From webhooks", before],
    ["Rebuilt", await stateOf(workspaceId)],
  );
}

/** Why the orders of these lives were made: how many of each of Polar's billing reasons. */
async function reasonsOf(lives: readonly Lived[]): Promise<Record<string, number>> {
  const ids = lives.map(({ workspaceId }) => workspaceId);
  const rows = await db()
    .select({ reason: orders.billingReason, n: count() })
    .from(orders)
    .where(inArray(orders.workspaceId, ids))
    .groupBy(orders.billingReason);
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}

/**
 * Lives some lives at the local Polar, delivers their webhooks in any order, some twice, some late, with
 * pulls among them, and compares each with a twin whose webhooks came in order, once, and every second with what is
 * rebuilt from Polar alone.
 *
 * @returns how many webhooks there were, and how many orders of each billing reason.
 * @throws with the life and both ends of it when they differ.
 */
export async function liveBatch(
  stage: Stage,
  lives: readonly (readonly Step[])[],
  seed: number,
): Promise<{ webhooks: number; reasons: Record<string, number> }> {
  const chaos = chaosOf(seed);
  const lived: Lived[] = [];
  for (const steps of lives) await record(stage, steps, chaos, lived);
  await Promise.all([
    deliverAll(stage, lived, chaos),
    spread(lived, width, (each) => deliverInOrder(each)),
  ]);
  await spread(lived, width, compare);
  // Every second, as it takes its time.
  await spread(
    lived.filter((_, index) => index % 2 === 0),
    width,
    compareRebuilt,
  );
  const reasons = await reasonsOf(lived);
  await forget(stage, lived);
  return { webhooks: lived.reduce((sum, { deliveries }) => sum + deliveries.length, 0), reasons };
}

/** Ends what still runs at Polar, so that it is not renewed for ever. */
async function forget({ life }: Stage, lives: readonly Lived[]): Promise<void> {
  for (const { customerId, isDeleted } of lives)
    if (!isDeleted) await life.polar.customers.delete(customerId);
  await life.settle();
  life.take();
}
