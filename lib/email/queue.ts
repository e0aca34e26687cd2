import "server-only";
import type { Executor } from "@/db/client";
import { emails } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import type { EmailProps, EmailTemplate } from "./messages";

/**
 * Queues a mail within the caller's transaction. `key` names the occasion: a second mail for the same one
 * is never sent.
 */
export async function queueEmail<Template extends EmailTemplate>(
  executor: Executor,
  email: {
    key: string;
    workspaceId: string | null;
    recipient: string;
    template: Template;
    props: EmailProps[Template];
  },
): Promise<void> {
  const [row] = await executor
    .insert(emails)
    .values(email)
    .onConflictDoNothing({ target: emails.key })
    .returning({ id: emails.id });
  if (row) await enqueue(executor, "send_email", { emailId: row.id });
}
