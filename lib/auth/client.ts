"use client";

import { signOut as leave, signIn } from "next-auth/react";

/** Asks for a sign-in link by mail. `callbackUrl` is a path on this site. */
export async function signInWithEmail(
  email: string,
  callbackUrl: string,
): Promise<{ ok: true } | { ok: false; message: string }> {
  try {
    const result = await signIn("email", { email, callbackUrl, redirect: false });
    if (result?.ok && !result.error) return { ok: true };
    return { ok: false, message: "We could not send the link. Check the address and try again." };
  } catch {
    return {
      ok: false,
      message: "We could not reach the server. Check your connection and try again.",
    };
  }
}

/** Leaves for the provider's own sign-in page. */
export async function signInWithProvider(
  provider: "github" | "google",
  callbackUrl: string,
): Promise<void> {
  await signIn(provider, { callbackUrl });
}

/** Ends this session and goes to the landing page. */
export async function signOut(): Promise<void> {
  await leave({ callbackUrl: "/" });
}
