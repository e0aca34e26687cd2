import { createHash } from "node:crypto";
import { consoleStyles } from "../console/styles.ts";
import { stylesheet } from "./styles.ts";

const styles = [stylesheet, consoleStyles]
  .map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
  .join(" ");

/**
 * The Content-Security-Policy under which the pages work. `form-action` stays open, as browsers
 * would hold it against the redirect to the shop after a payment.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src ${styles}`,
    `script-src ${nonce ? `'nonce-${nonce}'` : "'none'"}`,
    // The page of a running payment asks how it is, and the console what has changed.
    "connect-src 'self'",
    // The empty icon, which keeps browsers from asking for one.
    "img-src data:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
