import "server-only";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { checkoutIntents, checkouts, orders } from "@/db/schema";

/**
 * Brings an intent to what its checkout has become. A function of the mirrored state alone: a paid order
 * says that it succeeded although the checkout's own event may be on the way. Does nothing for a checkout
 * that no intent led to. The caller holds the workspace's lock.
 */
export async function reflectCheckout(
  executor: Executor,
  checkoutId: string | null,
): Promise<void> {
  if (!checkoutId) return;
  const [checkout] = await executor
    .select({
      status: checkouts.status,
      isOver: sql<boolean>`${checkouts.status} = 'expired' or coalesce(${checkouts.expiresAt} < now(), false)`,
    })
    .from(checkouts)
    .where(eq(checkouts.id, checkoutId));
  const paid = await executor
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.checkoutId, checkoutId), eq(orders.paid, true)))
    .limit(1);
  const status = intentStatus(checkout ?? null, paid.length > 0);
  if (!status) return;
  await executor
    .update(checkoutIntents)
    .set({ status })
    .where(eq(checkoutIntents.polarCheckoutId, checkoutId));
}

function intentStatus(checkout: { status: string; isOver: boolean } | null, isPaid: boolean) {
  if (isPaid || checkout?.status === "succeeded") return "succeeded";
  if (!checkout) return null;
  if (checkout.status === "confirmed" || checkout.status === "failed") return checkout.status;
  return checkout.isOver ? "abandoned" : "open";
}

/**
 * Gives up intents that nothing was heard of for longer than Polar keeps a checkout open (24 hours): the
 * word of its end was lost, or the process died before Polar was asked. Should they succeed after all,
 * the event says so.
 */
export async function abandonCheckouts(): Promise<void> {
  await db()
    .update(checkoutIntents)
    .set({ status: "abandoned" })
    .where(
      and(
        inArray(checkoutIntents.status, ["pending", "open", "confirmed"]),
        lt(checkoutIntents.createdAt, sql`now() - interval '25 hours'`),
      ),
    );
}
