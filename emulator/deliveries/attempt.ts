import type { EndpointDoc, WebhookEventDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import type { Answer, Sender } from "./send.ts";
import { signedHeaders } from "./signing.ts";

/** Older than what verifiers accept, in seconds. */
const TEN_MINUTES = 600;

/** What an attempt sent and met, as it is kept for the log beside the answer. */
export interface SentRequest {
  url: string;
  headers: Record<string, string>;
  /** The faults that struck this attempt. */
  faults: string[];
}

export interface Attempt {
  answer: Answer;
  sent: SentRequest;
  /** Milliseconds. */
  duration: number;
}

/** Under which of the store's texts a delivery's request is kept, as JSON. */
export function sentRequestKey(deliveryId: string): string {
  return `${deliveryId}/request`;
}

/** Names an attempt for what is drawn by the seed; redeliveries count on. */
export function attemptName(world: World, event: WebhookEventDoc): string {
  const before = event.modified_at
    ? world.deliveries.where("webhook_event_id", event.id).length
    : 0;
  return `${event.fault_key}/${before + 1}`;
}

/** Sends a webhook once, with the faults that are due. Never rejects. */
export async function attempt(
  world: World,
  sender: Sender,
  endpoint: EndpointDoc,
  event: WebhookEventDoc,
): Promise<Attempt> {
  const { faults, options } = world;
  const name = attemptName(world, event);
  const body = world.store.getText(event.id) ?? "";
  const started = options.realNow();
  const struck: string[] = [];
  const strikes = (fault: "old_timestamp" | "bad_signature" | "timeout" | "duplicate") => {
    const hit = faults.strikes(fault, name);
    if (hit) struck.push(fault);
    return hit;
  };
  const dropped = faults.takeDrop(name);
  const late = strikes("old_timestamp") ? TEN_MINUTES : 0;
  const headers = signedHeaders(endpoint, event.id, Math.floor(Date.now() / 1000) - late, body);
  if (strikes("bad_signature")) headers["webhook-signature"] = "v1,bm90IHNpZ25lZA==";
  let answer: Answer;
  if (dropped) {
    struck.push("drop");
    answer = { code: 200, text: "dropped by a fault" };
  } else {
    answer = await sender.post(endpoint.url, headers, body);
    if (strikes("duplicate")) await sender.post(endpoint.url, headers, body);
    if (strikes("timeout")) answer = { code: null, text: "no answer in time, by a fault" };
  }
  const sent = { url: endpoint.url, headers, faults: struck };
  return { answer, sent, duration: options.realNow() - started };
}
