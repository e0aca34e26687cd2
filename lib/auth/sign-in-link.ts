import "server-only";
import { db } from "@/db/client";
import { queueEmail } from "@/lib/email/queue";
import { env } from "@/lib/env";
import { safeReturnPath } from "./return-path";
import { seedOfToken, tokenFromSeed } from "./token";

/** How long a mailed sign-in link works, in seconds. */
export const linkLifetimeSeconds = 15 * 60;

/** Queues the mail with the link. Only the token's seed is stored, so the database holds no working link. */
export async function sendSignInLink(request: {
  email: string;
  token: string;
  url: string;
}): Promise<void> {
  const seed = seedOfToken(request.token);
  const returnTo = safeReturnPath(
    new URL(request.url).searchParams.get("callbackUrl"),
    "/dashboard",
    env().APP_URL,
  );
  await db().transaction((tx) =>
    queueEmail(tx, {
      key: `sign-in:${seed}`,
      workspaceId: null,
      recipient: request.email,
      template: "sign-in",
      props: { seed, returnTo },
    }),
  );
}

/**
 * The address in the mail. It is a page with a button and not next-auth's callback itself, because mail
 * scanners open links and would use it up.
 */
export function signInLink(request: { email: string; seed: string; returnTo: string }): string {
  const url = new URL("/sign-in/confirm", env().APP_URL);
  url.search = new URLSearchParams({
    email: request.email,
    token: tokenFromSeed(request.seed),
    returnTo: request.returnTo,
  }).toString();
  return url.toString();
}

/** The same page's path, for whoever opened next-auth's callback with `fields` instead. */
export function confirmPath(fields: Record<string, string>): string {
  const { email = "", token = "", callbackUrl } = fields;
  const returnTo = safeReturnPath(callbackUrl, "/dashboard", env().APP_URL);
  return `/sign-in/confirm?${new URLSearchParams({ email, token, returnTo })}`;
}

/** The form behind that page's button, or null when the address is not a whole sign-in link. */
export function confirmLink(
  search: Record<string, string | string[] | undefined>,
): { action: string; email: string; fields: Record<string, string> } | null {
  const { email, token, returnTo } = search;
  if (typeof email !== "string" || typeof token !== "string" || !email || !token) return null;
  return {
    action: "/api/auth/callback/email",
    email,
    fields: {
      email,
      token,
      callbackUrl: new URL(safeReturnPath(returnTo), env().APP_URL).toString(),
    },
  };
}
