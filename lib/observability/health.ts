import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { logger } from "./logger";

/** Whether the database answers and holds our tables. Polar is not asked: its outage stops nobody. */
export async function isDatabaseReady(): Promise<boolean> {
  try {
    await db().execute(sql`select 1 from environment_stamp limit 1`);
    return true;
  } catch (error) {
    logger.error({ err: error }, "The database is not ready");
    return false;
  }
}
