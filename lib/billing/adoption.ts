import "server-only";
import { db } from "@/db/client";
import { sideEffects } from "@/db/schema";
import { patiently, polar } from "@/lib/polar";
import { canceledKey, endedKey } from "./ending/end";
import { orderFulfilledKey } from "./fulfilment";
import { pullWorkspace } from "./mirror/pull";
import { refundConfirmedKey } from "./refunds";

/** How Polar is read: with the patience of background work, or at once because somebody waits. */
type Reader = <T>(read: () => Promise<T>) => Promise<T>;
type Page<T> = { items: T[]; pagination: { max_page: number } };

/** Everything of one of Polar's lists. */
export async function* each<T>(
  list: (page: number) => Promise<Page<T>>,
  reader: Reader = patiently,
): AsyncGenerator<T> {
  for (let page = 1; ; page++) {
    const { items, pagination } = await reader(() => list(page));
    yield* items;
    if (page >= pagination.max_page) return;
  }
}

/** The mails of what was paid, canceled or over before are not ours to send; recorded before Polar tells us of the link. */
async function recordMails(customer_id: string, reader: Reader): Promise<void> {
  const mine = { customer_id, limit: 100 };
  const keys: string[] = [];
  for await (const order of each((page) => polar().orders.list({ ...mine, page }), reader))
    if (order.paid) keys.push(orderFulfilledKey(order.id));
  for await (const refund of each((page) => polar().refunds.list({ ...mine, page }), reader))
    keys.push(refundConfirmedKey(refund.id));
  const listed = (page: number) => polar().subscriptions.list({ ...mine, page });
  for await (const { id, status, canceled_at } of each(listed, reader)) {
    if (status === "canceled") keys.push(endedKey(id));
    if (canceled_at) keys.push(canceledKey(id, canceled_at));
  }
  if (keys.length === 0) return;
  await db()
    .insert(sideEffects)
    .values(keys.map((key) => ({ key })))
    .onConflictDoNothing();
}

/**
 * Gives a customer that Polar has already, and that belongs to nobody, to a workspace, for good: sets its
 * `external_id` and stores what it has bought, without mails of old orders, refunds and cancellations. Whose it is, the
 * caller has made sure of.
 *
 * @throws what Polar's API throws: 422 where it refuses the external id, and then nothing has changed.
 */
export async function adoptCustomer(
  customerId: string,
  workspaceId: string,
  reader: Reader = patiently,
): Promise<void> {
  await recordMails(customerId, reader);
  await polar().customers.update(customerId, { external_id: workspaceId });
  await pullWorkspace(workspaceId);
}
