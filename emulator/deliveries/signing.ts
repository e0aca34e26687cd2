import { createHmac, randomBytes } from "node:crypto";
import type { EndpointDoc } from "../store/documents.ts";

const PREFIX = "whsec_";

/** A new endpoint secret, as Polar has made them since September 2026: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString("base64");
}

/**
 * The HMAC key of an endpoint: what follows `whsec_`, base64-decoded ("standard"), or the bytes of the
 * whole secret ("legacy", for secrets from before September 2026).
 */
export function signingKey(endpoint: Pick<EndpointDoc, "secret" | "encoding">): Buffer {
  if (endpoint.encoding === "legacy") return Buffer.from(endpoint.secret, "utf8");
  const encoded = endpoint.secret.startsWith(PREFIX)
    ? endpoint.secret.slice(PREFIX.length)
    : endpoint.secret;
  return Buffer.from(encoded, "base64");
}

/** The headers of a Standard-Webhooks delivery; `seconds` is the time of this attempt. */
export function signedHeaders(
  endpoint: Pick<EndpointDoc, "secret" | "encoding">,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const signature = createHmac("sha256", signingKey(endpoint))
    .update(`${id}.${seconds}.${body}`)
    .digest("base64");
  return {
    "content-type": "application/json",
    "user-agent": "polar.sh webhooks",
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": `v1,${signature}`,
  };
}
