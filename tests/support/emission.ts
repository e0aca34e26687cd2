/** Runs of webhooks that come again and again, the type, and the status in brackets. */
export const state = "customer.state_changed";

/** A customer who is known submits a checkout. */
export const checkoutConfirmed = [
  "checkout.created (open)",
  "checkout.updated (confirmed)",
  "customer.updated",
];

/** What is paid when it is made. */
export const orderPaid = ["order.created (paid)", "order.updated (paid)", "order.paid (paid)"];

/** A pending order is charged. */
export const charged = ["order.updated (paid)", "order.paid (paid)"];

/** A subscription is over. */
export const ended = [
  "subscription.updated (canceled)",
  "subscription.canceled (canceled)",
  "subscription.revoked (canceled)",
];

/** A renewal is made, and its charge fails. */
export const renewalFailed = [
  "subscription.cycled (active)",
  "subscription.updated (active)",
  "order.created (pending)",
  "subscription.updated (past_due)",
  "subscription.past_due (past_due)",
];
