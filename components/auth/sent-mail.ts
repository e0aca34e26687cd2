"use client";

import { useSyncExternalStore } from "react";

const key = "sign-in-mail";
const never = () => () => {};

type SentMail = { email: string; mailbox: string | null };

/** Kept in this tab only: an address in the URL would end up in logs. */
export function rememberMail(mail: SentMail): void {
  try {
    sessionStorage.setItem(`${key}-address`, mail.email);
    sessionStorage.setItem(`${key}-box`, mail.mailbox ?? "");
  } catch {
    // The page then does without.
  }
}

function recall(part: "address" | "box"): string | null {
  try {
    return sessionStorage.getItem(`${key}-${part}`) || null;
  } catch {
    return null;
  }
}

/** The mail that was asked for last in this tab; `null` for what is not known, as on the server. */
export function useSentMail(): { email: string | null; mailbox: string | null } {
  return {
    email: useSyncExternalStore(
      never,
      () => recall("address"),
      () => null,
    ),
    mailbox: useSyncExternalStore(
      never,
      () => recall("box"),
      () => null,
    ),
  };
}
