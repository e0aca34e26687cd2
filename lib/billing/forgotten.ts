import "server-only";
import { and, arrayContains, eq, isNotNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { accountDeletions } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import { logger } from "@/lib/observability/logger";
import type { MirrorKind, MirrorRow } from "./mirror/rows";

/** What the books need of a deleted account: it says what was paid, and of nobody who they were. */
const keptKinds = new Set<MirrorKind>(["order", "refund"]);

/** Whether the workspace's account has been deleted. */
export async function isForgotten(executor: Executor, workspaceId: string): Promise<boolean> {
  const [row] = await executor
    .select({ id: accountDeletions.workspaceId })
    .from(accountDeletions)
    .where(
      and(eq(accountDeletions.workspaceId, workspaceId), isNotNull(accountDeletions.anonymizedAt)),
    );
  return row !== undefined;
}

/**
 * The workspace that a customer belonged to before its account was deleted, or is being: from then on Polar
 * tells of that customer without an external id.
 */
export async function formerOwner(executor: Executor, customerId: string): Promise<string | null> {
  const [row] = await executor
    .select({ workspaceId: accountDeletions.workspaceId })
    .from(accountDeletions)
    .where(arrayContains(accountDeletions.customerIds, [customerId]));
  return row?.workspaceId ?? null;
}

/** Whether it is a customer or a subscription that has not ended, as far as this snapshot knows. */
function isAlive(kind: MirrorKind, row: MirrorRow): boolean {
  if (kind === "customer") return !row.deletedAt;
  return kind === "subscription" && row.status !== "canceled" && !row.endedAt;
}

/** Takes a deletion up again at Polar, because something of it seems to be alive there. */
async function reopen(executor: Executor, workspaceId: string): Promise<void> {
  await executor
    .update(accountDeletions)
    .set({ polarEndedAt: null, heard: sql`${accountDeletions.heard} + 1` })
    .where(eq(accountDeletions.workspaceId, workspaceId));
  await enqueue(executor, "delete_accounts", {}, { key: "delete-accounts" });
  logger.warn({ user_id: workspaceId }, "Polar told of something alive of a deleted account");
}

/**
 * Whether a snapshot must not be stored because its workspace's account is deleted. One that is old news is
 * dropped; one that may be more, such as a checkout that was left open and paid after all, also has Polar
 * asked, and what lives there ended. The caller holds the workspace's lock.
 */
export async function isOfForgotten(
  executor: Executor,
  kind: MirrorKind,
  workspaceId: string,
  row: MirrorRow,
): Promise<boolean> {
  if (keptKinds.has(kind) || !(await isForgotten(executor, workspaceId))) return false;
  if (isAlive(kind, row)) await reopen(executor, workspaceId);
  return true;
}
