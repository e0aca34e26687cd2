import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { products, type subscriptions } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { logger } from "@/lib/observability/logger";
import { isPaymentRefused, isRefused, isUnavailable, observed, polar } from "@/lib/polar";
import { followUp } from "../follow-up";
import { mirrored } from "../mirror/rows";
import { schedulePull } from "../mirror/schedule-pull";
import { storeSnapshot } from "../mirror/store";
import { beginChange, settleChange } from "./intent";
import { findManaged, type ManagedSubscription, toManaged } from "./managed";
import type { Change } from "./request";
import { type ChangeFailure, type Done, ruleOf, type Step } from "./rules";

export type ChangeResult = { done: Done } | { failure: ChangeFailure };

type Answer = { value: unknown; observedAt: string };

/** A change that is charged at once waits for the card's bank. Seconds. */
const patience = 30;

async function store({ value, observedAt }: Answer, source: string, outcome: string, id: string) {
  await db().transaction(async (tx) => {
    const { row } = await storeSnapshot(tx, "subscription", value, observedAt, source);
    await settleChange(tx, id, outcome);
    if (!row) return;
    await followUp(tx, "subscription", row);
    // Orders, grants and meters follow at Polar a little later, and their webhooks may be lost.
    const { workspaceId } = row;
    if (workspaceId) await schedulePull(tx, workspaceId, new Date(Date.now() + 5_000));
  });
}

async function polarProduct(change: Change): Promise<{ id: string } | ChangeFailure> {
  if (change.action !== "change_plan") return { id: "" };
  const [row] = await db()
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.key, change.product), eq(products.isArchived, false)));
  return row ?? "archived_product";
}

function failureOf(error: unknown): ChangeFailure | null {
  if (isPaymentRefused(error)) return "payment_failed";
  if (isRefused(error)) return "not_possible";
  return isUnavailable(error) ? "change_unconfirmed" : null;
}

type Check = { step: Step; productId: string } | ChangeResult;

async function check(
  fresh: ManagedSubscription | null,
  change: Change,
  seen: string,
): Promise<Check> {
  if (!fresh) return { failure: "no_subscription" };
  const rule = ruleOf(fresh, change);
  if (!rule) return { failure: "unknown_product" };
  // What a double click or another tab has done already is done.
  if (rule.isSo) return { done: rule.step.done };
  if (fresh.seen !== seen) return { failure: "changed_meanwhile" };
  if (!rule.isPossible) return { failure: "not_possible" };
  const product = await polarProduct(change);
  return typeof product === "string"
    ? { failure: product }
    : { step: rule.step, productId: product.id };
}

async function changeIt(
  intent: string,
  subscriptionId: string,
  change: Change,
  seen: string,
): Promise<ChangeResult> {
  const asked = await observed(() => polar().subscriptions.get(subscriptionId));
  const row = mirrored.subscription.read(asked.value, asked.observedAt);
  const fresh = await toManaged(db(), row as typeof subscriptions.$inferInsert);
  const checked = await check(fresh, change, seen);
  if (!("step" in checked)) {
    const outcome = "done" in checked ? "already" : checked.failure;
    await store(asked, `change:${intent}`, outcome, intent);
    return checked;
  }
  const { step, productId } = checked;
  const answer = await observed(() =>
    polar().subscriptions.update(subscriptionId, step.update(productId), { timeout: patience }),
  );
  await store(answer, `change:${intent}`, step.done, intent);
  return { done: step.done };
}

/**
 * Changes the workspace's subscription at Polar and stores what Polar answers; nothing is taken from the
 * form but what is wanted. The intent is written first, so that of requests at the same time one is made;
 * Polar is asked how the subscription is, so that one made for another state is refused.
 *
 * @param seen the state that the person decided by, from `ManagedSubscription`.
 * @returns what was done, or why nothing was. After "change_unconfirmed" Polar may have done it all the
 *   same: the workspace is pulled as soon as that can be.
 */
export async function changeSubscription(
  viewer: Viewer,
  change: Change,
  seen: string,
): Promise<ChangeResult> {
  const { workspaceId } = viewer;
  const intent = await beginChange(viewer, change);
  if (!intent) return { failure: "change_in_progress" };
  try {
    const managed = await findManaged(db(), workspaceId);
    if (!managed) {
      await settleChange(db(), intent, "no_subscription");
      return { failure: "no_subscription" };
    }
    const result = await changeIt(intent, managed.id, change, seen);
    logger.info({ user_id: viewer.userId, action: change.action, ...result }, "Plan change");
    return result;
  } catch (error) {
    const failure = failureOf(error);
    await db().transaction(async (tx) => {
      await settleChange(tx, intent, failure ?? "unexpected");
      await schedulePull(tx, workspaceId);
    });
    if (!failure) throw error;
    logger.warn({ user_id: viewer.userId, failure, err: error }, "Subscription not changed");
    return { failure };
  }
}
