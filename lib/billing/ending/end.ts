import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { accountDeletions, pastDueEpisodes, type subscriptions } from "@/db/schema";
import type { EmailProps } from "@/lib/email/messages";
import { queueEmail } from "@/lib/email/queue";
import { planName } from "../dunning/episode";
import { isHistory } from "../history";
import { once, ownerOf } from "../side-effects";

type Row = typeof subscriptions.$inferSelect;

/** Under which key it is recorded that a plan is over. */
export const endedKey = (subscriptionId: string) => `subscription-ended:${subscriptionId}`;

/** Under which key a cancellation is recorded: one that was taken back, and made again, is another. */
export const canceledKey = (subscriptionId: string, canceledAt: string) =>
  `subscription-canceled:${subscriptionId}:${new Date(canceledAt).toISOString()}`;

async function isUnpaid(executor: Executor, subscriptionId: string): Promise<boolean> {
  const open = await executor
    .select()
    .from(pastDueEpisodes)
    .where(
      and(eq(pastDueEpisodes.subscriptionId, subscriptionId), isNull(pastDueEpisodes.recoveredAt)),
    );
  return open.length > 0;
}

/** Whoever deletes the account is told of that, not of every plan that ends with it. */
async function isLeaving(executor: Executor, workspaceId: string): Promise<boolean> {
  const asked = await executor
    .select()
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, workspaceId));
  return asked.length > 0;
}

type Template = "subscription-canceled" | "subscription-ended";

/** @param at when it happened, by Polar's clock: what is older than the workspace, or a rebuild, is not mailed. */
async function tellOnce<Name extends Template>(
  executor: Executor,
  workspaceId: string,
  key: string,
  at: string,
  template: Name,
  props: () => Promise<EmailProps[Name]>,
): Promise<void> {
  if (!(await once(executor, key)) || (await isHistory(executor, at))) return;
  const owner = await ownerOf(executor, workspaceId);
  if (!owner || new Date(at) < owner.since || (await isLeaving(executor, workspaceId))) return;
  await queueEmail(executor, {
    key,
    workspaceId,
    recipient: owner.email,
    template,
    props: await props(),
  });
}

/** What follows from a subscription's newest state when it is canceled, and when it is over: a mail each, once. */
export async function followEnd(executor: Executor, row: Row): Promise<void> {
  const { workspaceId } = row;
  if (!workspaceId || row.deletedAt) return;
  const plan = planName(row);
  if (row.status === "canceled") {
    const at = row.endedAt ?? row.versionAt;
    await tellOnce(executor, workspaceId, endedKey(row.id), at, "subscription-ended", async () => ({
      plan,
      isUnpaid: await isUnpaid(executor, row.id),
    }));
    return;
  }
  const endsAt = row.endsAt ?? row.currentPeriodEnd;
  if (!row.cancelAtPeriodEnd || !endsAt) return;
  const canceledAt = row.canceledAt ?? row.versionAt;
  const key = canceledKey(row.id, row.canceledAt ?? endsAt);
  await tellOnce(executor, workspaceId, key, canceledAt, "subscription-canceled", async () => ({
    plan,
    until: new Date(endsAt).toISOString(),
    isTrial: row.status === "trialing",
  }));
}
