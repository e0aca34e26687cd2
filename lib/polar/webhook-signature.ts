import "server-only";
import { webhooks } from "@polar-sh/sdk/2026-10";

export type VerifiedWebhook = { id: string; type: string; timestamp: string; data: unknown };

/**
 * Checks a delivery's signature and clock (±300 s) against each of `secrets`, in either key encoding, and
 * reads its envelope. Types that this SDK does not know are accepted: Polar adds types without notice.
 *
 * @param body the request's raw bytes as text.
 * @returns the event, `"forged"` when no secret fits or the clock is off, or `"malformed"` when a rightly
 *   signed body is not an event.
 */
export async function verifyWebhook(
  body: string,
  headers: Headers,
  secrets: readonly string[],
): Promise<VerifiedWebhook | "forged" | "malformed"> {
  const given = {
    "webhook-id": headers.get("webhook-id") ?? "",
    "webhook-timestamp": headers.get("webhook-timestamp") ?? "",
    "webhook-signature": headers.get("webhook-signature") ?? "",
  };
  let signed = false;
  for (const secret of secrets) {
    try {
      await webhooks.validateEvent(body, given, secret);
      signed = true;
    } catch (error) {
      if (error instanceof webhooks.PolarWebhookVerificationError) continue;
      // Both are thrown after the signature was found good.
      signed = error instanceof webhooks.PolarWebhookUnknownTypeError;
      if (!signed) return "malformed";
    }
    if (signed) break;
  }
  if (!signed) return "forged";
  return readEnvelope(given["webhook-id"], body) ?? "malformed";
}

/** The event in a stored body, or null when it is none. */
export function readEnvelope(id: string, body: string): VerifiedWebhook | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return null;
    const { type, timestamp, data } = parsed as Record<string, unknown>;
    if (
      typeof type !== "string" ||
      !type ||
      typeof timestamp !== "string" ||
      Number.isNaN(Date.parse(timestamp))
    )
      return null;
    return { id, type, timestamp, data };
  } catch {
    return null;
  }
}
