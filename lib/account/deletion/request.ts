import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeletions, apiKeys, sessions } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { isForgotten } from "@/lib/billing/forgotten";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { enqueue } from "@/lib/jobs/enqueue";
import { logger } from "@/lib/observability/logger";
import { deleteAccount } from "./perform";

export type DeletionResult = "deleted" | "under_way" | "address_differs";

/** So long a person waits to hear that it is done; it goes on without them. Milliseconds. */
const patienceMs = 8_000;
/** When the job takes over from the request, should that die. Milliseconds. */
const handOverMs = 15_000;

async function attempt(workspaceId: string): Promise<void> {
  try {
    await deleteAccount(workspaceId);
  } catch (error) {
    logger.warn({ user_id: workspaceId, err: error }, "Account not deleted at once");
  }
}

/**
 * Asks for the viewer's account to be deleted, and tries it at once. From the moment this is stored no
 * session and no key opens anything any more; what cannot be done now, because Polar cannot be reached, a job does as
 * soon as it can.
 *
 * @param typedEmail what the person typed to confirm: the account's address, in whatever case.
 */
export async function requestDeletion(viewer: Viewer, typedEmail: string): Promise<DeletionResult> {
  if (typedEmail.trim().toLowerCase() !== viewer.email.toLowerCase()) return "address_differs";
  const { workspaceId, userId } = viewer;
  await db().transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    await tx.insert(accountDeletions).values({ workspaceId }).onConflictDoNothing();
    await tx.delete(sessions).where(eq(sessions.userId, userId));
    await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt)));
    const runAt = new Date(Date.now() + handOverMs);
    await enqueue(
      tx,
      "delete_accounts",
      {},
      {
        key: "delete-accounts",
        keyMode: "preserve_run_at",
        runAt,
      },
    );
  });
  logger.info({ user_id: userId }, "Account deletion asked for");
  await Promise.race([attempt(workspaceId), wait(patienceMs, undefined, { ref: false })]);
  return (await isForgotten(db(), workspaceId)) ? "deleted" : "under_way";
}
