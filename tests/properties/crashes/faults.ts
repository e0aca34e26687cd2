import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Sent } from "./stream";

/** Waits until all that was received is applied and every mail sent. @throws when that takes longer. */
export async function settled(deadline: number): Promise<void> {
  for (;;) {
    const [left] = await db().execute<{ webhooks: number; mails: number }>(
      sql`select (select count(*)::int from webhook_inbox where status = 'pending') as webhooks,
        (select count(*)::int from emails where sent_at is null) as mails`,
    );
    if (!left?.webhooks && !left?.mails) return;
    if (Date.now() > deadline)
      throw new Error(`${left.webhooks} webhooks are not applied, ${left.mails} mails not sent.`);
    await wait(50);
  }
}

/** What is wrong with what the database holds of the acknowledged webhooks. */
export async function faultsOf(sent: readonly Sent[]): Promise<string[]> {
  const rows = await db().execute<{ id: string; status: string }>(
    sql`select webhook_id as id, status from webhook_inbox`,
  );
  const inbox = new Map(rows.map(({ id, status }) => [id, status]));
  const twice = await db().execute<{ id: string; count: number }>(
    sql`select webhook_id as id, count(*)::int as count from audit_log group by 1 having count(*) > 1`,
  );
  const objects = await db().execute<{ id: string; status: string }>(
    sql`select id, status from orders union all select id, status from subscriptions`,
  );
  const statuses = new Map(objects.map(({ id, status }) => [id, status]));
  const keys = await db().execute<{ key: string }>(
    sql`select key from side_effects union all select key from emails`,
  );
  const effects = new Set(keys.map(({ key }) => key));
  return [
    ...twice.map(({ id, count }) => `${id} was applied ${count} times`),
    ...sent.flatMap(({ id, objectId, kind, status, isLast, body }) => [
      ...(inbox.get(id) === "applied" ? [] : [`${id} is ${inbox.get(id) ?? "lost"}`]),
      ...(!isLast || statuses.get(objectId) === status
        ? []
        : [`${kind} ${objectId} is ${statuses.get(objectId) ?? "lost"}, not ${status}`]),
      ...(kind === "subscription" || effects.has(`order-fulfilled:${objectId}`)
        ? []
        : [`order ${objectId} was not fulfilled`]),
      ...(!body.includes('"total_amount":1900') || effects.has(`order-confirmation:${objectId}`)
        ? []
        : [`nobody was told of order ${objectId}`]),
    ]),
  ];
}

/**
 * What is wrong with the mails that the mail server has taken.
 *
 * @param interrupted how many may have been taken by it when who sent them was killed: those come again.
 */
export async function mailFaults(
  messageIds: readonly string[],
  interrupted: number,
): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`select id from emails`);
  const taken = new Set(messageIds.map((id) => id.split("@")[0]));
  const again = messageIds.length - taken.size;
  return [
    ...rows.filter(({ id }) => !taken.has(id)).map(({ id }) => `mail ${id} was never sent`),
    ...(taken.size > rows.length ? [`${taken.size - rows.length} mails are nobody's`] : []),
    ...(again > interrupted ? [`${again} mails were sent again`] : []),
    ...(rows.length === 0 ? ["there was no mail"] : []),
  ];
}
