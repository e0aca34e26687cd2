import "server-only";
import { createHmac } from "node:crypto";
import type { CookiesOptions } from "next-auth";

/** The names of next-auth's own cookies, and which of them live only while a provider is asked. */
const cookies = {
  sessionToken: { name: "session-token" },
  callbackUrl: { name: "callback-url" },
  csrfToken: { name: "csrf-token" },
  pkceCodeVerifier: { name: "pkce.code_verifier", maxAge: 900 },
  state: { name: "state", maxAge: 900 },
  nonce: { name: "nonce" },
} satisfies Record<keyof CookiesOptions, { name: string; maxAge?: number }>;

/**
 * next-auth's cookies for an app at `appUrl`: its own over https. Over plain http, where apps on other ports
 * of the same host get each other's cookies, the names carry a mark of this app's secret, so that one app
 * never takes another's session for an unknown one and ends it.
 */
export function authCookies(appUrl: string, secret: string): Partial<CookiesOptions> {
  if (appUrl.startsWith("https:")) return {};
  const mark = createHmac("sha256", secret).update("cookie-names").digest("hex").slice(0, 8);
  return Object.fromEntries(
    Object.entries(cookies).map(([key, { name, ...lifetime }]) => [
      key,
      {
        name: `next-auth.${mark}.${name}`,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: false, ...lifetime },
      },
    ]),
  );
}
