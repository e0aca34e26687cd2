import "server-only";
import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { lock } from "@/db/lock";
import { alerts } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { announce } from "./announce";

/** What is wrong now: a sentence for people, without anybody's name or address. */
export type Finding = { severity: "critical" | "warning"; summary: string };

async function resolve(tx: Executor, key: string): Promise<void> {
  const [resolved] = await tx
    .update(alerts)
    .set({ resolvedAt: sql`now()` })
    .where(and(eq(alerts.key, key), isNull(alerts.resolvedAt)))
    .returning();
  if (!resolved) return;
  await announce(tx, resolved, "resolved");
  logger.info({ alert: key }, "Alert resolved");
}

async function openOrRenew(tx: Executor, key: string, finding: Finding): Promise<void> {
  const [open] = await tx
    .insert(alerts)
    .values({ key, ...finding })
    .onConflictDoUpdate({
      target: alerts.key,
      targetWhere: sql`resolved_at is null`,
      set: { ...finding, seenAt: sql`now()` },
    })
    // No transaction has changed a row that is new.
    .returning({ ...getTableColumns(alerts), isNew: sql<boolean>`xmax = 0` });
  if (!open?.isNew) return;
  await announce(tx, open, "opened");
  logger.error({ alert: key, severity: finding.severity, summary: finding.summary }, "Alert");
}

/**
 * Looks at something, one at a time of each key, and brings its alert to what was found: opens it, notes that it
 * goes on, or resolves it. Whoever is to know is told of the first and the last, once.
 *
 * @param look finds what is wrong; null when all is well. What it throws leaves the alert as it is.
 */
export async function settleAlert(
  key: string,
  look: (executor: Executor) => Promise<Finding | null>,
): Promise<void> {
  await db().transaction(async (tx) => {
    await lock(tx, `alert:${key}`);
    const finding = await look(tx);
    await (finding ? openOrRenew(tx, key, finding) : resolve(tx, key));
  });
}
