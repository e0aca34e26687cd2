import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeletions, usageEvents } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { findCustomer, isNotFound, isRefused, type models, polar } from "@/lib/polar";
import { flushUsage } from "@/lib/usage/flush";
import { customerIdsOf } from "./customer-ids";

export type Deletion = typeof accountDeletions.$inferSelect;

type Whose = { external_customer_id: string } | { customer_id: string };

/** An ended charge of a last meter period waits for the card's bank. Seconds. */
const patience = 30;
const over = new Set<string>(["canceled", "incomplete_expired"]);

async function liveSubscriptions(whose: Whose): Promise<models.Subscription[]> {
  const live: models.Subscription[] = [];
  for await (const subscription of polar().subscriptions.iterList({ ...whose, limit: 100 }))
    if (!over.has(subscription.status) && !subscription.ended_at) live.push(subscription);
  return live;
}

async function settleUsage(workspaceId: string): Promise<void> {
  await flushUsage(workspaceId);
  const [waiting] = await db()
    .select({ id: usageEvents.id })
    .from(usageEvents)
    .where(
      and(eq(usageEvents.workspaceId, workspaceId), sql`billable_units > 0 and settled_at is null`),
    )
    .limit(1);
  if (waiting) throw new Error("Usage waits for another worker, or for Polar.");
}

/** Ends at once what is charged or could be again: Polar's own deletion leaves out what is paused. */
async function revokeAll(whose: Whose): Promise<void> {
  for (const { id } of await liveSubscriptions(whose)) {
    try {
      await polar().subscriptions.revoke(id, { timeout: patience });
    } catch (error) {
      // It may have ended meanwhile; whether it has is asked at the end.
      if (!isRefused(error)) throw error;
      logger.warn({ subscription_id: id, err: error }, "Polar refused to end a subscription");
    }
  }
}

async function deleteCustomer(workspaceId: string): Promise<void> {
  try {
    await polar().customers.deleteExternal(workspaceId, { anonymize: true });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/**
 * Ends everything of an account at Polar: usage that waits here is sent, so that Polar bills it, each
 * subscription is revoked, and the customer deleted with name and addresses made anonymous. Invoices stay
 * there as they are (polarsource/polar, customer/service.py). Each step can be repeated.
 *
 * @throws what Polar's API throws when it cannot be reached, and when something is alive there all the same.
 */
export async function endAtPolar({ workspaceId, customerIds, heard }: Deletion): Promise<void> {
  await settleUsage(workspaceId);
  const current = await findCustomer(workspaceId);
  const ids = new Set([...customerIds, ...(await customerIdsOf(db(), workspaceId))]);
  if (current) ids.add(current.id);
  // Before the external id is gone: it is by these that Polar's last words are known.
  await db()
    .update(accountDeletions)
    .set({ customerIds: [...ids] })
    .where(eq(accountDeletions.workspaceId, workspaceId));

  const all: Whose[] = [...ids].map((customer_id) => ({ customer_id }));
  for (const whose of all) await revokeAll(whose);
  if (current) await deleteCustomer(workspaceId);
  for (const whose of all)
    if ((await liveSubscriptions(whose)).length > 0)
      throw new Error("A subscription is alive at Polar although its account is deleted.");

  await db()
    .update(accountDeletions)
    .set({ polarEndedAt: sql`now()` })
    .where(and(eq(accountDeletions.workspaceId, workspaceId), eq(accountDeletions.heard, heard)));
}
