import "server-only";
import { purgeSignIns } from "@/lib/auth/purge";
import { purgeRuns } from "@/lib/billing/reconcile/purge";
import { purgeInbox } from "@/lib/billing/webhooks/purge";

/** Forgets what nobody needs any longer; side effects, the audit and what money is about stay. */
export async function purge(): Promise<void> {
  await purgeInbox();
  await purgeRuns();
  await purgeSignIns();
}
