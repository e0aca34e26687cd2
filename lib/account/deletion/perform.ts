import "server-only";
import { asc, eq, isNull, or } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeletions } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { isUnavailable } from "@/lib/polar";
import { forgetAccount } from "./forget";
import { endAtPolar } from "./polar";

/**
 * Goes on with one account's deletion from where it is: first at Polar, then here. Every step can be
 * repeated, by several at once too.
 *
 * @throws what keeps it from going on; what is done by then stays done.
 */
export async function deleteAccount(workspaceId: string): Promise<void> {
  const [deletion] = await db()
    .select()
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, workspaceId));
  if (!deletion) return;
  if (!deletion.polarEndedAt) await endAtPolar(deletion);
  await forgetAccount(workspaceId);
}

/**
 * Goes on with every deletion that is under way, oldest first. One that fails is tried again by the next
 * run and holds up no other, unless Polar cannot be reached, which stops them all.
 */
export async function deleteAccounts(): Promise<void> {
  const open = await db()
    .select({ workspaceId: accountDeletions.workspaceId })
    .from(accountDeletions)
    .where(or(isNull(accountDeletions.polarEndedAt), isNull(accountDeletions.anonymizedAt)))
    .orderBy(asc(accountDeletions.requestedAt));
  for (const { workspaceId } of open) {
    try {
      await deleteAccount(workspaceId);
    } catch (error) {
      logger.error({ user_id: workspaceId, err: error }, "Account not deleted yet");
      if (isUnavailable(error)) return;
    }
  }
}
