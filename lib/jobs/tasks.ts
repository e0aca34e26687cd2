import "server-only";
import { deleteAccounts } from "@/lib/account/deletion/perform";
import { evaluateAlerts } from "@/lib/alerts/evaluate";
import { sendAlert } from "@/lib/alerts/send";
import { abandonCheckouts } from "@/lib/billing/checkout-intents";
import { remindOfPayment } from "@/lib/billing/dunning/remind";
import { remindOfTrial } from "@/lib/billing/ending/trial";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { reconcileInSlices } from "@/lib/billing/reconcile/schedule";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { checkWebhooks } from "@/lib/billing/webhooks/status";
import { sendEmail } from "@/lib/email/send";
import { archiveUsage } from "@/lib/usage/archive";
import { flushUsage } from "@/lib/usage/flush";
import { noticeUsageOf } from "@/lib/usage/notices";
import { sweepReservations } from "@/lib/usage/reserve";
import type { JobName, JobPayloads } from "./payloads";
import { purge } from "./purge";

/** What each job does. Every one may run twice and must then do no more than once. */
export const tasks: { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> } = {
  send_email: ({ emailId }) => sendEmail(emailId),
  pull_workspace: ({ workspaceId }) => pullWorkspace(workspaceId),
  remind_of_payment: (reminder) => remindOfPayment(reminder),
  remind_of_trial: (reminder) => remindOfTrial(reminder),
  apply_inbox: () => applyInbox(),
  abandon_checkouts: () => abandonCheckouts(),
  delete_accounts: () => deleteAccounts(),
  flush_usage: async () => {
    await flushUsage();
  },
  notice_usage: ({ workspaceIds }) => noticeUsageOf(workspaceIds),
  archive_usage: async () => {
    await sweepReservations();
    await archiveUsage();
  },
  check_webhooks: () => checkWebhooks(),
  evaluate_alerts: () => evaluateAlerts(),
  send_alert: ({ alertId, event, channel }) => sendAlert(alertId, event, channel),
  reconcile: () => reconcileInSlices(),
  purge: () => purge(),
};
