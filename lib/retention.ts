import "server-only";
import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** Whether a moment lies further back than what is kept for its own sake: 90 days. */
export const isPastRetention = (moment: AnyColumn): SQL =>
  sql`${moment} < now() - interval '90 days'`;
