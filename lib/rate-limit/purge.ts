import "server-only";
import { lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { rateLimits } from "@/db/schema";

/** Forgets windows that have ended. */
export async function purgeRateLimits(): Promise<void> {
  await db().delete(rateLimits).where(lt(rateLimits.expire, sql`extract(epoch from now()) * 1000`));
}
