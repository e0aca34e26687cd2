import "server-only";
import { and, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import {
  accountDeletions,
  adminActions,
  doctorAnswers,
  usageArchive,
  usageEvents,
  users,
  webhookInbox,
} from "@/db/schema";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { queueEmail } from "@/lib/email/queue";
import { logger } from "@/lib/observability/logger";
import { customerIdsOf } from "./customer-ids";
import { erasures } from "./erasure";

const batchSize = 10_000;

/** A batch a statement, before the one transaction: usage may be millions of rows. */
async function deleteUsage(workspaceId: string): Promise<void> {
  for (const table of [usageEvents, usageArchive])
    for (;;) {
      const batch = sql`select ${table.id} from ${table} where ${table.workspaceId} = ${workspaceId} limit ${batchSize}`;
      const gone = await db().execute(sql`delete from ${table} where ${table.id} in (${batch})`);
      if (gone.count < batchSize) break;
    }
}

/** Webhooks hold whole customers. One that waits is emptied when it is applied: an order is still to come of it. */
async function emptyInbox(executor: Executor, customerIds: string[]): Promise<void> {
  await executor
    .update(webhookInbox)
    .set({
      body: null,
      lastError: null,
      status: sql`case when ${webhookInbox.status} = 'failed' then 'ignored' else ${webhookInbox.status} end`,
    })
    .where(and(inArray(webhookInbox.customerId, customerIds), ne(webhookInbox.status, "pending")));
}

/** What they did and answered for as an admin stays, without their name and address. */
async function leaveNameless(executor: Executor, userId: string): Promise<void> {
  await executor
    .update(adminActions)
    .set({ email: null })
    .where(and(eq(adminActions.userId, userId), isNotNull(adminActions.email)));
  await executor
    .update(doctorAnswers)
    .set({ answeredBy: null, note: null })
    .where(eq(doctorAnswers.userId, userId));
}

/** Deletes what is the person's. What the books need stays: orders and refunds, which name nobody. */
async function erase(executor: Executor, workspaceId: string, known: string[]): Promise<void> {
  const [user] = await executor.select().from(users).where(eq(users.id, workspaceId));
  const customerIds = [...new Set([...known, ...(await customerIdsOf(executor, workspaceId))])];
  const person = { workspaceId, email: user?.email ?? null, customerIds };
  // The audit log lets nothing go but to whoever says whom it is to forget, in this transaction.
  await executor.execute(
    sql`select set_config('northstar.forgotten_workspace', ${workspaceId}, true)`,
  );
  for (const { table, rows } of erasures) await executor.delete(table).where(rows(person));
  await emptyInbox(executor, customerIds);
  await leaveNameless(executor, workspaceId);
  await executor
    .update(accountDeletions)
    .set({ anonymizedAt: sql`now()`, customerIds })
    .where(eq(accountDeletions.workspaceId, workspaceId));
  if (user)
    await queueEmail(executor, {
      key: `account-deleted:${workspaceId}`,
      workspaceId: null,
      recipient: user.email,
      template: "account-deleted",
      props: {},
    });
}

/**
 * Forgets the person of an account that Polar has ended, in one transaction under the workspace's lock, and
 * queues the mail that says so; its row is the last that holds the address, until it is sent. Does nothing
 * before Polar has ended the account, nor a second time.
 */
export async function forgetAccount(workspaceId: string): Promise<void> {
  const isDue = and(
    eq(accountDeletions.workspaceId, workspaceId),
    sql`polar_ended_at is not null and anonymized_at is null`,
  );
  const [due] = await db().select().from(accountDeletions).where(isDue);
  if (!due) return;
  await deleteUsage(workspaceId);
  await db().transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const [deletion] = await tx.select().from(accountDeletions).where(isDue).for("update");
    if (deletion) await erase(tx, workspaceId, deletion.customerIds);
  });
  logger.info({ user_id: workspaceId }, "Account deleted");
}
