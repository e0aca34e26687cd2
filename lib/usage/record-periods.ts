import "server-only";
import { and, desc, eq, lt, ne, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { planOf, plans } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import type { Balance, Counted } from "./balance";
import { unitsUsed, usedBetween } from "./ledger";

type Period = typeof usagePeriods.$inferInsert;

async function keep(executor: Executor, { workspaceId, startedAt, ...state }: Period) {
  await executor
    .insert(usagePeriods)
    .values({ workspaceId, startedAt, ...state })
    .onConflictDoUpdate({ target: [usagePeriods.workspaceId, usagePeriods.startedAt], set: state });
}

async function countBetween(
  executor: Executor,
  workspaceId: string,
  { start, end, isMetered }: { start: Date; end: Date; isMetered: boolean },
): Promise<number> {
  const [row] = await executor.execute<{ units: string | null }>(sql`
    select sum(${unitsUsed(isMetered)}) as units
    from (${usedBetween(workspaceId, start, end)}) as used`);
  return Number(row?.units ?? 0);
}

const isMonthStart = (moment: Date) =>
  moment.getTime() === Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth());

/** The free month that ends with `end`, or in which a plan began then, of which nothing was kept while it was under way. */
function freeMonthUntil(workspaceId: string, end: Date): Period {
  const { key, monthlyUnits } = planOf("free");
  const last = new Date(end.getTime() - 1);
  return {
    workspaceId,
    startedAt: new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth())),
    endsAt: end,
    plan: key,
    includedUnits: monthlyUnits,
  };
}

/**
 * Counts the window before the one of now again, which ends with it: what was used in it may be settled after it. A
 * free month of which nothing was kept in time is kept now.
 */
async function recordLast(executor: Executor, workspaceId: string, now: Entitlement) {
  const { start } = now.meterWindow;
  const isFree = !now.isMetered && isMonthStart(start);
  const [kept] = await executor
    .select()
    .from(usagePeriods)
    .where(
      and(
        eq(usagePeriods.workspaceId, workspaceId),
        isFree ? ne(usagePeriods.startedAt, start) : lt(usagePeriods.startedAt, start),
      ),
    )
    .orderBy(desc(usagePeriods.startedAt))
    .limit(1);
  const couldBeFree = isFree || !kept || kept.plan === planOf("free").key;
  const month = couldBeFree ? freeMonthUntil(workspaceId, start) : null;
  const last = month && (!kept || kept.startedAt < month.startedAt) ? month : kept;
  if (!last) return;
  const isMetered = plans.some(({ key, overage }) => key === last.plan && overage !== null);
  // The free month around a paid plan is the calendar's, and began before that ended.
  const over = isFree && isMetered ? new Date() : start;
  const end = last.endsAt && last.endsAt < over ? last.endsAt : over;
  const counted = await countBetween(executor, workspaceId, {
    start: last.startedAt,
    end,
    isMetered,
  });
  const used = Math.max(counted, last.usedUnits ?? 0);
  if (used === 0) return;
  if (kept === last && used === last.usedUnits && end.getTime() === last.endsAt?.getTime()) return;
  const included = last.includedUnits ?? 0;
  await keep(executor, {
    ...last,
    endsAt: end,
    usedUnits: used,
    includedUnits: isMetered ? included : Math.max(included, used),
    overageUnits: isMetered ? Math.max(0, used - included) : 0,
  });
}

const endOfTime = new Date("9999-01-01T00:00:00Z");

/**
 * Keeps how the window of now stands, for the time when it is over, and how the one before has ended. A window in which
 * nothing was used is not kept, and what waits for Polar is not part of it yet: it may be taken in the next one. The
 * caller holds the workspace's lock, or an older count could come last.
 */
export async function recordPeriods(
  executor: Executor,
  workspaceId: string,
  entitlement: Entitlement,
  { counted, balance }: { counted: Counted; balance: Balance },
): Promise<void> {
  await recordLast(executor, workspaceId, entitlement);
  const { meterWindow, plan, isMetered } = entitlement;
  const window = { start: meterWindow.start, end: endOfTime, isMetered };
  const settled = await countBetween(executor, workspaceId, window);
  const atPolar = isMetered && counted.polar ? counted.polar.consumed + counted.kept : 0;
  const used = Math.max(settled, atPolar);
  if (used === 0) return;
  await keep(executor, {
    workspaceId,
    startedAt: meterWindow.start,
    endsAt: meterWindow.end,
    plan,
    usedUnits: used,
    includedUnits: balance.included,
    overageUnits: isMetered ? Math.max(0, used - balance.included) : 0,
  });
}
