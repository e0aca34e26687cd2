import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import { reportError } from "@/lib/observability/errors/report";
import { logger, stackOf } from "@/lib/observability/logger";

const maxAttempts = 10;

/** The reason itself: around a database's error stands the whole query. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/**
 * Notes that a webhook could not be applied, and when it is tried again.
 *
 * @returns its type; undefined when somebody else has settled it meanwhile.
 */
export async function recordFailure(
  webhookId: string,
  error: unknown,
): Promise<string | undefined> {
  const row = await db().transaction(async (tx) => {
    const [failed] = await tx
      .update(webhookInbox)
      .set({
        attempts: sql`${webhookInbox.attempts} + 1`,
        status: sql`case when ${webhookInbox.attempts} + 1 >= ${maxAttempts} then 'failed' else 'pending' end`,
        nextAttemptAt: sql`now() + least(power(2, ${webhookInbox.attempts}) * interval '5 seconds', interval '10 minutes')`,
        lastError: reasonOf(error).slice(0, 2000),
      })
      .where(and(eq(webhookInbox.webhookId, webhookId), eq(webhookInbox.status, "pending")))
      .returning({
        type: webhookInbox.type,
        status: webhookInbox.status,
        due: webhookInbox.nextAttemptAt,
      });
    // In time, rather than when the clock next asks; the earliest of several counts.
    if (failed?.status === "pending")
      await enqueue(
        tx,
        "apply_inbox",
        {},
        { key: "apply_inbox:again", keyMode: "preserve_run_at", runAt: failed.due },
      );
    return failed;
  });
  logger.error(
    { event_type: row?.type, error: reasonOf(error), stack: stackOf(error) },
    "Webhook processing failed",
  );
  if (row?.status === "failed") {
    logger.error({ event_type: row.type, webhook_id: webhookId }, "Webhook is a dead letter");
    reportError(error, { event_type: row.type, webhook_id: webhookId });
  }
  return row?.type;
}
