"use client";

import { useSentMail } from "@/components/auth/sent-mail";

/** Where the mail is. The page is prerendered, so what runs locally is known in the browser alone. */
export function WhereToLook() {
  const { mailbox } = useSentMail();
  if (!mailbox) return "If nothing arrives in a minute, look in the spam folder.";
  return (
    <>
      Mail stays on this machine:{" "}
      <a href={mailbox} className="font-medium text-foreground underline underline-offset-4">
        open the local mailbox
      </a>
      .
    </>
  );
}
