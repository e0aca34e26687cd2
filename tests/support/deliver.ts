import { randomUUID } from "node:crypto";
import { applyWebhook, type Outcome } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { envelope, signed } from "./webhooks";

/**
 * Has the app receive a webhook as Polar signs it, and apply it.
 *
 * @returns its id, and what became of it; null when it failed or had been settled before.
 */
export async function deliver(
  body: string,
  id: string = randomUUID(),
): Promise<{ id: string; outcome: Outcome | null }> {
  const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret, id)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  return { id, outcome: await applyWebhook(id) };
}

/** The same of an event, which must be applied. Gives the webhook's id. */
export async function tell(type: string, data: unknown, at?: string): Promise<string> {
  const { id, outcome } = await deliver(envelope(type, data, at));
  if (outcome !== "applied") throw new Error(`${type} was not applied: ${outcome}`);
  return id;
}
