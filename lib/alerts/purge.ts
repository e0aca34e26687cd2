import "server-only";
import { db } from "@/db/client";
import { alerts } from "@/db/schema";
import { isPastRetention } from "@/lib/retention";

/** Forgets alerts that have been over for 90 days. */
export async function purgeAlerts(): Promise<void> {
  await db().delete(alerts).where(isPastRetention(alerts.resolvedAt));
}
