import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { queueEmail } from "@/lib/email/queue";
import { env } from "@/lib/env";
import type { JobPayloads } from "@/lib/jobs/payloads";
import { once, ownerOf } from "../side-effects";
import { daysAfter, episodeKey, pastDueSince, planName } from "./episode";

/**
 * Mails the reminder of one day, once, if the subscription is still past due since then. Nothing is mailed
 * about what was missed before the workspace was there.
 *
 * @param since when the payment was missed, as in `pastDueSince`.
 */
export async function remindOfPayment(reminder: JobPayloads["remind_of_payment"]): Promise<void> {
  const { subscriptionId, since, day } = reminder;
  await db().transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.id, subscriptionId))
      .for("update");
    if (!row?.workspaceId || pastDueSince(row) !== since) return;
    const key = `payment-reminder:${episodeKey(subscriptionId, since)}:${day}`;
    if (!(await once(tx, key))) return;
    const owner = await ownerOf(tx, row.workspaceId);
    if (!owner || new Date(since) < owner.since) return;
    const accessUntil = daysAfter(since, env().BILLING_GRACE_DAYS);
    await queueEmail(tx, {
      key,
      workspaceId: row.workspaceId,
      recipient: owner.email,
      template: "payment-reminder",
      props: {
        day,
        plan: planName(row),
        accessUntil: accessUntil.toISOString(),
        isReadOnly: accessUntil.getTime() <= Date.now(),
      },
    });
  });
}
