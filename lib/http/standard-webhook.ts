import "server-only";
import { createHmac } from "node:crypto";

/**
 * The headers of a delivery as Standard Webhooks has them: an HMAC over id, moment and body, under the bytes of `secret`
 * as it stands.
 *
 * @param at seconds since 1970, UTC.
 */
export function signedHeaders(
  { id, body }: { id: string; body: string },
  secret: string,
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": `v1,${signature}`,
  };
}
