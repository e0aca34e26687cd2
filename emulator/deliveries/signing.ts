import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { EndpointDoc } from "../store/documents.ts";

const PREFIX = "whsec_";

type Secret = Pick<EndpointDoc, "secret" | "encoding">;

/** Documents are replaced, never changed, so a key stays right for its document. */
const keys = new WeakMap<Secret, KeyObject>();

/** A new endpoint secret, as Polar has made them since September 2026: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString("base64");
}

/**
 * The HMAC key of an endpoint: what follows `whsec_`, base64-decoded ("standard"), or the bytes of the
 * whole secret ("legacy", for secrets from before September 2026).
 */
export function signingKey(endpoint: Secret): Buffer {
  if (endpoint.encoding === "legacy") return Buffer.from(endpoint.secret, "utf8");
  const encoded = endpoint.secret.startsWith(PREFIX)
    ? endpoint.secret.slice(PREFIX.length)
    : endpoint.secret;
  return Buffer.from(encoded, "base64");
}

function keyOf(endpoint: Secret): KeyObject {
  const known = keys.get(endpoint);
  if (known) return known;
  const key = createSecretKey(signingKey(endpoint));
  keys.set(endpoint, key);
  return key;
}

/** The headers of a Standard-Webhooks delivery; `seconds` is the time of this attempt. */
export function signedHeaders(
  endpoint: Secret,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const signature = createHmac("sha256", keyOf(endpoint))
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
