import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { emails, sessions, verificationTokens } from "@/db/schema";
import { isPastRetention } from "@/lib/retention";

/**
 * Forgets sessions and links that have expired, and after 90 days the mails that carried such links. All
 * other mails stay: their keys keep them from being sent twice.
 */
export async function purgeSignIns(): Promise<void> {
  await db().delete(sessions).where(sql`${sessions.expires} < now()`);
  await db().delete(verificationTokens).where(sql`${verificationTokens.expires} < now()`);
  await db()
    .delete(emails)
    .where(
      and(
        eq(emails.template, "sign-in"),
        isNotNull(emails.sentAt),
        isPastRetention(emails.createdAt),
      ),
    );
}
