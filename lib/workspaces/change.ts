import "server-only";
import { eq } from "drizzle-orm";
import { type Database, db } from "@/db/client";
import { accountDeletions } from "@/db/schema";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { inTurn } from "./turns";

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** The workspace's account is deleted, or is being: nothing is changed for it any more. */
export class AccountEndedError extends Error {
  override name = "AccountEndedError";
}

/**
 * Does `work` in a transaction under the workspace's lock, one at a time in this process.
 *
 * @throws {WorkspaceBusyError} when too many wait for this workspace.
 */
export async function lockedWorkspace<T>(
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await inTurn(workspaceId, () =>
    db().transaction(async (tx) => {
      await lockWorkspace(tx, workspaceId);
      return await work(tx);
    }),
  );
}

/**
 * Does `work` for a workspace's owner in a transaction under the workspace's lock. A deletion of its account takes the
 * same lock, so that it comes either after all of it or before.
 *
 * @throws {AccountEndedError} when the account is deleted or being deleted.
 * @throws {WorkspaceBusyError} when too many wait for this workspace.
 */
export async function changeWorkspace<T>(
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await lockedWorkspace(workspaceId, async (tx) => {
    const [deletion] = await tx
      .select({ workspaceId: accountDeletions.workspaceId })
      .from(accountDeletions)
      .where(eq(accountDeletions.workspaceId, workspaceId));
    if (deletion) throw new AccountEndedError("The account is deleted.");
    return await work(tx);
  });
}
