import "server-only";
import { purgeForgotten } from "@/lib/account/deletion/purge";
import { purgeAlerts } from "@/lib/alerts/purge";
import { purgeIdempotencyKeys } from "@/lib/api/idempotency";
import { purgeSignIns } from "@/lib/auth/purge";
import { purgeRuns } from "@/lib/billing/reconcile/purge";
import { purgeInbox } from "@/lib/billing/webhooks/purge";
import { purgeRateLimits } from "@/lib/rate-limit/purge";

/** Forgets what nobody needs any longer; side effects, the audit and what money is about stay. */
export async function purge(): Promise<void> {
  await purgeInbox();
  await purgeRuns();
  await purgeSignIns();
  await purgeForgotten();
  await purgeIdempotencyKeys();
  await purgeRateLimits();
  await purgeAlerts();
}
