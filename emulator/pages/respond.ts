import type { Answer } from "../http/server.ts";
import { contentSecurityPolicy } from "./policy.ts";

/** An HTML page. Nothing is loaded from anywhere; a script runs only with this nonce. */
export function respond(html: string, nonce: string, status = 200): Answer {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "content-security-policy": contentSecurityPolicy(nonce),
    },
    body: html,
  };
}

/** After a form: to a page that may be reloaded. */
export function redirect(location: string): Answer {
  return { status: 303, headers: { location, "cache-control": "no-store" }, body: "" };
}
