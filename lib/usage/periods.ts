import "server-only";
import { desc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { planOf, plans } from "@/lib/billing/catalog";

const listed = 24;
const freePlan = planOf("free").key;

/** A meter window that is over or under way, as it was last counted; units as in `Balance`. */
export type UsagePeriod = {
  start: Date;
  end: Date | null;
  /** The plan's name. */
  plan: string;
  used: number;
  included: number;
  overageUnits: number;
};

/** A plan may have left the catalog since. */
function nameOf(key: string): string {
  return plans.find((plan) => plan.key === key)?.name ?? key;
}

/** The newest 24 windows in which something was used, newest first. */
export async function listPeriods(workspaceId: string): Promise<UsagePeriod[]> {
  const rows = await db()
    .select()
    .from(usagePeriods)
    .where(eq(usagePeriods.workspaceId, workspaceId))
    .orderBy(desc(usagePeriods.startedAt))
    .limit(listed);
  return rows.map((row, index) => {
    // A change of plan begins a new window before the old one would have ended. A free month goes on around a plan.
    const next = row.plan === freePlan ? undefined : rows[index - 1]?.startedAt;
    return {
      start: row.startedAt,
      end: next && (!row.endsAt || next < row.endsAt) ? next : row.endsAt,
      plan: nameOf(row.plan),
      used: row.usedUnits,
      included: row.includedUnits,
      overageUnits: row.overageUnits,
    };
  });
}
