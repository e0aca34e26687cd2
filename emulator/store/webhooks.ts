import type { models } from "@polar-sh/sdk/2026-10";
import type { Base } from "./base.ts";

export interface EndpointDoc extends Base {
  url: string;
  name: string | null;
  api_version: models.ApiVersion;
  format: models.WebhookFormat;
  secret: string;
  /** "standard": the key is the base64-decoded rest of the secret; "legacy": the secret's own bytes. */
  encoding: "standard" | "legacy";
  organization_id: string;
  events: models.WebhookEventType[];
  enabled: boolean;
  deleted: boolean;
}

export interface WebhookEventDoc extends Base {
  endpoint_id: string;
  /** One of Polar's types, or with a fault one that nobody knows. */
  type: string;
  api_version: models.ApiVersion;
  /** null while undecided. */
  succeeded: boolean | null;
  /** It is to be sent once more, though it may be decided already. */
  is_redelivered?: boolean;
  skipped: boolean;
  last_http_code: number | null;
  attempts: number;
  /** Real time in milliseconds: deliveries are retried in the real world. */
  emitted_at: number;
  next_attempt_at: number | null;
  /** What its faults are drawn by: its endpoint, type and number, the same in every run. */
  fault_key: string;
}

export interface DeliveryDoc extends Base {
  webhook_event_id: string;
  endpoint_id: string;
  succeeded: boolean;
  http_code: number | null;
  /** Milliseconds that the attempt took. */
  duration: number;
}
