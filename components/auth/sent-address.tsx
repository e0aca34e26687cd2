"use client";

import { useSentMail } from "@/components/auth/sent-mail";

export function SentAddress() {
  const { email } = useSentMail();
  return <strong className="font-semibold text-foreground">{email ?? "your address"}</strong>;
}
