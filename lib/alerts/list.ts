import "server-only";
import { desc, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { alerts } from "@/db/schema";
import type { Alert } from "./announce";

/** Open alerts, then the latest of those that are over; a hundred at most. */
export async function listAlerts(): Promise<Alert[]> {
  return await db()
    .select()
    .from(alerts)
    .orderBy(sql`${alerts.resolvedAt} is not null`, desc(alerts.openedAt))
    .limit(100);
}
