import "server-only";
import { desc, lt } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { adminActions } from "@/db/schema";
import type { Admin } from "./gate";
import { pageSize } from "./page-of";

/** What an admin did. `email` is null once their account is deleted. */
export type AdminAction = typeof adminActions.$inferSelect;

/** Writes down what an admin does, in the transaction that does it. */
export async function recordAction(
  executor: Executor,
  { userId, email }: Admin,
  done: Pick<AdminAction, "action" | "objectId" | "details">,
): Promise<void> {
  await executor.insert(adminActions).values({ userId, email, ...done });
}

/** A page of what admins did, newest first, by the primary key. @param before the id that it begins under. */
export async function listActions(
  before: number | null,
): Promise<{ rows: AdminAction[]; next: number | null }> {
  const found = await db()
    .select()
    .from(adminActions)
    .where(before === null ? undefined : lt(adminActions.id, before))
    .orderBy(desc(adminActions.id))
    .limit(pageSize + 1);
  const rows = found.slice(0, pageSize);
  return { rows, next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null };
}
