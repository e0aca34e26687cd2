/** From when on something is wrong. */
export const thresholds = {
  /** Webhooks of the last hour that could not be applied at their last attempt. */
  failingWebhooks: 5,
  /** Hours without a webhook, while orders were placed in them. */
  silentHours: 6,
  /** Seconds that the oldest webhook has waited to be applied. */
  inboxLagSeconds: 300,
  /** Seconds that the oldest use has waited to reach Polar. */
  outboxLagSeconds: 900,
  /** What was given up, of a kind. */
  deadLetters: 1,
  /** Differences from Polar that were found in so many hours. */
  differences: { count: 1, hours: 2 },
  /**
   * Share of subscriptions that ended in so many days; below `least` subscriptions at their beginning it says nothing.
   */
  churn: { share: 0.05, days: 30, least: 20 },
} as const;
