import "server-only";
import { eq } from "drizzle-orm";
import { auditLog, spendingCaps } from "@/db/schema";
import { currency } from "@/lib/billing/catalog";
import { minorUnitsOf } from "@/lib/billing/money";
import { changeWorkspace } from "@/lib/workspaces";

const longestAmount = 9;

/**
 * Reads a form's `amount`, in major units of the catalog's currency, such as "20" or "20.50". It becomes minor units;
 * `null` takes the cap away, for an empty one; `undefined` is no amount.
 */
export function readCap(form: URLSearchParams): number | null | undefined {
  const text = form.get("amount")?.trim();
  if (text === "") return null;
  if (text === undefined || text.length > longestAmount) return undefined;
  return minorUnitsOf(text, currency);
}

/**
 * Sets the most that a workspace pays for overage in a meter window, or takes that away. Use that would cost more is
 * refused from then on; 0 means no overage at all.
 *
 * @param amount in minor units of the catalog's currency; null for no cap.
 * @throws {AccountEndedError} when the account is deleted or being deleted.
 */
export async function setSpendingCap(
  workspaceId: string,
  userId: string,
  amount: number | null,
): Promise<void> {
  await changeWorkspace(workspaceId, async (tx) => {
    const [before] = await tx
      .delete(spendingCaps)
      .where(eq(spendingCaps.workspaceId, workspaceId))
      .returning({ amount: spendingCaps.amount, currency: spendingCaps.currency });
    const after = amount === null ? null : { amount, currency };
    if (after) await tx.insert(spendingCaps).values({ workspaceId, ...after });
    await tx.insert(auditLog).values({
      workspaceId,
      action: after ? "spending_cap.set" : "spending_cap.removed",
      objectType: "spending_cap",
      objectId: userId,
      before: before ?? null,
      after,
    });
  });
}
