import type { Instant } from "../time.ts";

export type Work =
  | { kind: "checkout.pay"; checkout_id: string }
  | { kind: "checkout.expire"; checkout_id: string }
  | { kind: "customer.state"; customer_id: string }
  | { kind: "grants.sync"; subscription_id: string; cycle: boolean }
  | { kind: "grants.order"; order_id: string; revoke: boolean }
  | { kind: "grant.license_key"; license_key_id: string }
  | { kind: "grant.update"; grant_id: string }
  | { kind: "meter.update"; customer_id: string; meter_id: string }
  | { kind: "order.charge"; order_id: string }
  | { kind: "order.invoice"; order_id: string }
  | { kind: "refund.settle"; refund_id: string }
  | { kind: "subscription.cycle"; subscription_id: string }
  | { kind: "subscription.meter_cycle"; subscription_id: string }
  | { kind: "subscription.resume"; subscription_id: string };

/** Work for a later moment of the simulated clock. */
export interface JobDoc {
  id: string;
  due: Instant;
  /** Runs as soon as the server gets to it, or at once when somebody waits for quiet. */
  soon: boolean;
  /** Two jobs of one key are one job. */
  key: string;
  first_at: Instant;
  work: Work;
}
