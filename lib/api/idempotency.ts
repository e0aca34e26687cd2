import "server-only";
import { createHash } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { apiIdempotencyKeys } from "@/db/schema";

export const idempotencyKeyShape = /^[\x21-\x7e]{1,200}$/;

/**
 * Binds an `Idempotency-Key` to the request that it first came with, for 24 hours.
 *
 * @returns what names the use, the same for a repeated request; null where the key came with another one.
 */
export async function nameOfUse(
  workspaceId: string,
  key: string,
  request: string,
): Promise<string | null> {
  const fingerprint = createHash("sha256").update(`${key}\n${request}`).digest("base64url");
  await db()
    .insert(apiIdempotencyKeys)
    .values({ workspaceId, key, fingerprint })
    .onConflictDoNothing();
  const [bound] = await db()
    .select({ fingerprint: apiIdempotencyKeys.fingerprint })
    .from(apiIdempotencyKeys)
    .where(and(eq(apiIdempotencyKeys.workspaceId, workspaceId), eq(apiIdempotencyKeys.key, key)));
  return bound?.fingerprint === fingerprint ? `api:${fingerprint}` : null;
}

/** Forgets which requests came with which key, a day after. */
export async function purgeIdempotencyKeys(): Promise<void> {
  await db()
    .delete(apiIdempotencyKeys)
    .where(lt(apiIdempotencyKeys.createdAt, sql`now() - interval '24 hours'`));
}
