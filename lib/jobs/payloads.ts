import type { AlertChannel, AlertEvent } from "@/lib/alerts/announce";

/** Each background job and what it is told. */
export type JobPayloads = {
  send_email: { emailId: string };
  pull_workspace: { workspaceId: string };
  remind_of_payment: { subscriptionId: string; since: string; day: number };
  remind_of_trial: { subscriptionId: string; trialEnd: string };
  apply_inbox: Record<string, never>;
  abandon_checkouts: Record<string, never>;
  delete_accounts: Record<string, never>;
  flush_usage: Record<string, never>;
  notice_usage: { workspaceIds: string[] };
  archive_usage: Record<string, never>;
  check_webhooks: Record<string, never>;
  evaluate_alerts: Record<string, never>;
  send_alert: { alertId: number; event: AlertEvent; channel: AlertChannel };
  reconcile: Record<string, never>;
  purge: Record<string, never>;
};

export type JobName = keyof JobPayloads;
