import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { queueEmail } from "@/lib/email/queue";

/** Queues a mail to nobody in particular, and gives its key. */
export async function queueMail(): Promise<string> {
  const key = `note:${randomUUID()}`;
  await queueEmail(db(), {
    key,
    workspaceId: null,
    recipient: "ada@example.com",
    template: "sign-in",
    props: { seed: randomUUID(), returnTo: "/dashboard" },
  });
  return key;
}
