import "server-only";
import { eq, sql } from "drizzle-orm";
import { createTransport, type Transporter } from "nodemailer";
import { db } from "@/db/client";
import { emails } from "@/db/schema";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import type { EmailProps, EmailTemplate } from "./messages";
import { renderEmail } from "./render";

let transport: Transporter | undefined;

function mailer(): Transporter {
  transport ??= createTransport(env().SMTP_URL, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  } as never);
  return transport;
}

/**
 * Sends one queued mail and marks it sent, holding its row meanwhile so that two workers never send the
 * same; the row of the one about a deleted account goes, for its address is to be forgotten. Should the process die
 * between the two, it is sent again with the same Message-ID, by which mail clients know a copy.
 *
 * @throws when the mail server refuses or cannot be reached; the job engine tries again.
 */
export async function sendEmail(emailId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [email] = await tx.select().from(emails).where(eq(emails.id, emailId)).for("update");
    if (!email || email.sentAt) return;
    const template = email.template as EmailTemplate;
    const { subject, html, text } = await renderEmail(
      template,
      email.props as EmailProps[EmailTemplate] as never,
      email.recipient,
    );
    await mailer().sendMail({
      from: env().EMAIL_FROM,
      to: email.recipient,
      subject,
      html,
      text,
      messageId: `<${email.id}@${new URL(env().APP_URL).hostname}>`,
    });
    const sent = eq(emails.id, emailId);
    if (template === "account-deleted") await tx.delete(emails).where(sent);
    else
      await tx
        .update(emails)
        .set({ sentAt: sql`now()`, attempts: email.attempts + 1 })
        .where(sent);
    logger.info({ template, emailId }, "Mail sent");
  });
}
