import { createHmac, randomUUID } from "node:crypto";

/** The three headers of a delivery, signed with a secret of the standard encoding. */
export function signed(
  body: string,
  secret: string,
  id: string = randomUUID(),
  at = Math.floor(Date.now() / 1000),
) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `v1,${mac}` };
}

/** A subscription as Polar's payloads have it, as far as it is read. Dates are ISO 8601 UTC. */
export function subscription(workspaceId: string, change: Record<string, unknown> = {}) {
  return {
    id: randomUUID(),
    created_at: "2026-11-01T10:00:00.000001Z",
    modified_at: null as string | null,
    status: "active",
    amount: 1900,
    currency: "usd",
    recurring_interval: "month",
    started_at: "2026-11-01T10:00:00.000001Z",
    trial_end: null,
    current_period_start: "2026-11-01T10:00:00.000001Z",
    current_period_end: "2026-12-01T10:00:00.000001Z",
    current_meter_period_start: null,
    current_meter_period_end: null,
    cancel_at_period_end: false,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    customer_id: `customer-of-${workspaceId}`,
    product_id: "product-pro",
    customer: { external_id: workspaceId },
    product: { metadata: { catalog_key: "pro-monthly" } },
    pending_update: null,
    ...change,
  };
}

/** A paid order as Polar's payloads have it, as far as it is read. Amounts in cents. */
export function order(workspaceId: string, change: Record<string, unknown> = {}) {
  return {
    id: randomUUID(),
    created_at: "2026-11-01T10:00:00.000002Z",
    modified_at: null as string | null,
    status: "paid",
    paid: true,
    net_amount: 1900,
    tax_amount: 0,
    total_amount: 1900,
    discount_id: null,
    discount_amount: 0,
    applied_balance_amount: 0,
    due_amount: Math.max(0, Number(change.total_amount ?? 1900)),
    refunded_amount: 0,
    refunded_tax_amount: 0,
    currency: "usd",
    billing_reason: "subscription_create",
    invoice_number: "NS-0001",
    customer_id: `customer-of-${workspaceId}`,
    product_id: "product-pro",
    subscription_id: null,
    checkout_id: null,
    description: "Pro",
    customer: { external_id: workspaceId },
    product: { metadata: { catalog_key: "pro-monthly" } },
    ...change,
  };
}

/** A refund that succeeded, as Polar's payloads have it, as far as it is read. Amounts in cents. */
export function refund(orderId: string, change: Record<string, unknown> = {}) {
  return {
    id: randomUUID(),
    created_at: "2026-11-02T10:00:00.000001Z",
    modified_at: null as string | null,
    status: "succeeded",
    reason: "customer_request",
    amount: 500,
    tax_amount: 0,
    currency: "usd",
    order_id: orderId,
    subscription_id: null,
    customer_id: "customer",
    revoke_benefits: false,
    ...change,
  };
}

/** An event's body as it goes over the wire. */
export function envelope(
  type: string,
  data: unknown,
  timestamp = "2026-11-01T10:00:01.000000Z",
): string {
  return JSON.stringify({ type, timestamp, data });
}
