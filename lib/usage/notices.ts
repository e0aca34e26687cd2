import "server-only";
import { db, type Executor } from "@/db/client";
import { currency, planOf } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { readEntitlement } from "@/lib/billing/entitlements";
import { rebuiltUntil } from "@/lib/billing/history";
import { lockWorkspace } from "@/lib/billing/mirror/store";
import { formatMoney } from "@/lib/billing/money";
import { once, ownerOf } from "@/lib/billing/side-effects";
import type { EmailProps, EmailTemplate } from "@/lib/email/messages";
import { queueEmail } from "@/lib/email/queue";
import { enqueue } from "@/lib/jobs/enqueue";
import { logger } from "@/lib/observability/logger";
import { type Balance, balanceOf, chargeOf, unitsOfCap } from "./balance";
import { countUsage } from "./count";
import { correctPacks, writeOffRefunded } from "./packs";
import { recordPeriods } from "./record-periods";

/** The shares of an allowance, or a spending cap, in percent, that its owner is told of, once each in a period. */
const shares = [80, 100] as const;

type Noticed = { workspaceId: string; entitlement: Entitlement; balance: Balance };

/** A period and an allowance: another plan, or a new pack, has shares of its own. */
function termsOf({ workspaceId, entitlement }: Noticed): string {
  const { meterWindow, plan, monthlyUnits, extraUnits } = entitlement;
  return `${workspaceId}:${meterWindow.start.toISOString()}:${plan}:${monthlyUnits}+${extraUnits}`;
}

/**
 * Tells the owner of the highest share that `part` of `whole` has passed and that was not told. While the mirror is
 * rebuilt it is only recorded: it was told when it happened.
 */
async function tell<Template extends EmailTemplate>(
  executor: Executor,
  workspaceId: string,
  { part, whole, key }: { part: number; whole: number; key: string },
  mail: { template: Template; props: (share: number) => EmailProps[Template] },
): Promise<void> {
  const passed = shares.filter((share) => whole > 0 && part * 100 >= whole * share);
  let told: number | null = null;
  for (const share of passed) if (await once(executor, `${key}:${share}`)) told = share;
  if (told === null || (await rebuiltUntil(executor))) return;
  const owner = await ownerOf(executor, workspaceId);
  if (!owner) return;
  await queueEmail(executor, {
    key: `${key}:${told}`,
    workspaceId,
    recipient: owner.email,
    template: mail.template,
    props: mail.props(told),
  });
}

async function tellOfAllowance(executor: Executor, noticed: Noticed): Promise<void> {
  const { workspaceId, entitlement, balance } = noticed;
  // What a missed payment has closed is not used up; the mails about the payment speak of it.
  if (entitlement.readOnly) return;
  const { used, included, spendingCap } = balance;
  // A cap of nothing is a plan whose use stops.
  const overage = spendingCap?.amount === 0 ? null : entitlement.overage;
  const key = `usage-notice:${termsOf(noticed)}`;
  await tell(
    executor,
    workspaceId,
    { part: used, whole: included, key },
    {
      template: "usage-notice",
      props: (share) => ({
        isUsedUp: share === 100,
        plan: planOf(entitlement.plan).name,
        used,
        included,
        endsAt: entitlement.meterWindow.end?.toISOString() ?? null,
        overage: overage
          ? { price: formatMoney(overage.amount, currency), units: overage.units }
          : null,
        spendingCap:
          overage && spendingCap ? formatMoney(spendingCap.amount, spendingCap.currency) : null,
      }),
    },
  );
}

async function tellOfCap(executor: Executor, noticed: Noticed): Promise<void> {
  const { workspaceId, entitlement, balance } = noticed;
  const { overage, plan } = entitlement;
  const { spendingCap: cap, overageUnits } = balance;
  const payable = overage && unitsOfCap(cap, overage);
  if (!cap || !overage || !payable) return;
  const key = `cap-notice:${termsOf(noticed)}:${cap.amount}`;
  await tell(
    executor,
    workspaceId,
    { part: overageUnits, whole: payable, key },
    {
      template: "cap-notice",
      props: (share) => ({
        isReached: share === 100,
        plan: planOf(plan).name,
        spendingCap: formatMoney(cap.amount, cap.currency),
        spent: formatMoney(chargeOf(overageUnits, overage), currency),
      }),
    },
  );
}

/**
 * Corrects what packs cover, writes off what refunded ones had given, keeps how the period stands, and tells a workspace's owner that most, or all, of the
 * allowance or of the spending cap is used, once for each share, period and terms. Of two shares that are passed at
 * once the higher one is told.
 */
export async function noticeUsage(executor: Executor, workspaceId: string): Promise<void> {
  await lockWorkspace(executor, workspaceId);
  const entitlement = await readEntitlement(executor, workspaceId);
  const before = await countUsage(executor, workspaceId, entitlement);
  const corrected = await correctPacks(executor, workspaceId, entitlement, before);
  const counted = await writeOffRefunded(executor, workspaceId, entitlement, corrected);
  const balance = balanceOf(entitlement, counted);
  await recordPeriods(executor, workspaceId, entitlement, { counted, balance });
  const noticed = { workspaceId, entitlement, balance };
  await tellOfAllowance(executor, noticed);
  await tellOfCap(executor, noticed);
}

/**
 * The same for several, each in a transaction of its own. Those that fail are asked for again, apart from the others.
 *
 * @throws when all have failed.
 */
export async function noticeUsageOf(workspaceIds: readonly string[]): Promise<void> {
  const failed: string[] = [];
  const errors: unknown[] = [];
  for (const workspaceId of workspaceIds) {
    try {
      await db().transaction((tx) => noticeUsage(tx, workspaceId));
    } catch (error) {
      failed.push(workspaceId);
      errors.push(error);
      logger.warn({ workspaceId, err: error }, "A workspace's usage was not noticed");
    }
  }
  if (failed.length === 0) return;
  if (failed.length === workspaceIds.length)
    throw new AggregateError(errors, "No workspace's usage was noticed.");
  await enqueue(db(), "notice_usage", { workspaceIds: failed });
}
