import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { apiIdempotencyKeys } from "@/db/schema";

export const idempotencyKeyShape = /^[\x21-\x7e]{1,200}$/;

/**
 * Binds an `Idempotency-Key` to the request that it first came with, for 24 hours. A request without one is a use of
 * its own, and nothing is kept of it.
 *
 * @returns what names the use, the same for a repeated request; null where the key came with another one.
 */
export async function nameOfUse(
  workspaceId: string,
  key: string | null,
  request: string,
): Promise<string | null> {
  if (key === null) return `api:${randomUUID()}`;
  const fingerprint = createHash("sha256").update(`${key}\n${request}`).digest("base64url");
  // One statement, so that what forgets keys comes before or after it: a row that is there is locked and read by it.
  const [bound] = await db()
    .insert(apiIdempotencyKeys)
    .values({ workspaceId, key, fingerprint })
    .onConflictDoUpdate({
      target: [apiIdempotencyKeys.workspaceId, apiIdempotencyKeys.key],
      set: { key },
    })
    .returning({ fingerprint: apiIdempotencyKeys.fingerprint });
  return bound?.fingerprint === fingerprint ? `api:${fingerprint}` : null;
}

/** Forgets which requests came with which key, a day after. */
export async function purgeIdempotencyKeys(): Promise<void> {
  await db()
    .delete(apiIdempotencyKeys)
    .where(lt(apiIdempotencyKeys.createdAt, sql`now() - interval '24 hours'`));
}
