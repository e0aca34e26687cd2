import "server-only";
import { db, type Executor } from "@/db/client";
import { currency, planOf } from "@/lib/billing/catalog";
import { readEntitlement } from "@/lib/billing/entitlements";
import { rebuiltUntil } from "@/lib/billing/history";
import { formatMoney } from "@/lib/billing/money";
import { once, ownerOf } from "@/lib/billing/side-effects";
import { queueEmail } from "@/lib/email/queue";
import { balanceOf } from "./balance";
import { countUsage } from "./count";
import { recordPeriod } from "./periods";

/** The shares of an allowance, in percent, that its owner is told of, once each in a period. */
const shares = [80, 100] as const;

/**
 * Keeps how the period stands, and tells a workspace's owner that most, or all, of the allowance is used, once for each
 * share and meter window. Of two that are passed at once the higher one is told. While the mirror is rebuilt it is only
 * recorded: it was told when it happened.
 */
export async function noticeUsage(executor: Executor, workspaceId: string): Promise<void> {
  const entitlement = await readEntitlement(executor, workspaceId);
  const balance = balanceOf(entitlement, await countUsage(executor, workspaceId, entitlement));
  await recordPeriod(executor, workspaceId, entitlement, balance);
  const { used, included, spendingCap } = balance;
  const passed = shares.filter((share) => included > 0 && used * 100 >= included * share);
  const { start, end } = entitlement.meterWindow;
  const keyOf = (share: number) => `usage-notice:${workspaceId}:${start.toISOString()}:${share}`;
  let told: number | null = null;
  for (const share of passed) if (await once(executor, keyOf(share))) told = share;
  if (told === null || (await rebuiltUntil(executor))) return;
  const owner = await ownerOf(executor, workspaceId);
  if (!owner) return;
  // A cap of nothing is a plan whose use stops.
  const overage = spendingCap?.amount === 0 ? null : entitlement.overage;
  await queueEmail(executor, {
    key: keyOf(told),
    workspaceId,
    recipient: owner.email,
    template: "usage-notice",
    props: {
      isUsedUp: told === 100,
      plan: planOf(entitlement.plan).name,
      used,
      included,
      endsAt: end?.toISOString() ?? null,
      overage: overage
        ? { price: formatMoney(overage.amount, currency), units: overage.units }
        : null,
      spendingCap:
        overage && spendingCap ? formatMoney(spendingCap.amount, spendingCap.currency) : null,
    },
  });
}

/** The same for several, each in a transaction of its own. */
export async function noticeUsageOf(workspaceIds: readonly string[]): Promise<void> {
  for (const workspaceId of workspaceIds)
    await db().transaction((tx) => noticeUsage(tx, workspaceId));
}
