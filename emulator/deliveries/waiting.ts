import type { WebhookEventDoc } from "../store/documents.ts";

/** Whether an event is still to be sent: it is undecided, or was asked for once more. */
export function isWaiting({ succeeded, skipped, is_redelivered }: WebhookEventDoc): boolean {
  return !skipped && (succeeded === null || is_redelivered === true);
}
