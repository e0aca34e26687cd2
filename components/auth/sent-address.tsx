"use client";

import { useSyncExternalStore } from "react";

const key = "sign-in-address";
const never = () => () => {};

/** Kept in this tab only: an address in the URL would end up in logs. */
export function rememberAddress(email: string): void {
  try {
    sessionStorage.setItem(key, email);
  } catch {
    // The page then says "your address" instead.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function SentAddress() {
  const address = useSyncExternalStore(never, recall, () => null);
  return <strong className="font-semibold text-foreground">{address ?? "your address"}</strong>;
}
