import "server-only";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeletions, apiKeys } from "@/db/schema";
import { bearerOf } from "@/lib/http/bearer";
import { isScope, type Scope } from "./scopes";
import { isSecret, readToken } from "./token";

/** Who calls, by a key that works. */
export type Caller = { keyId: string; workspaceId: string; scopes: readonly Scope[] };

export type Refusal = "missing" | "unknown" | "expired" | "revoked";

async function noteUse(id: string): Promise<void> {
  await db()
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, id),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    );
}

/**
 * Who holds the key in an `Authorization: Bearer` header. Only who proves the secret is told that a key has
 * expired or was revoked.
 */
export async function authenticate(header: string | null): Promise<Caller | Refusal> {
  const text = bearerOf(header);
  if (!text) return "missing";
  const token = readToken(text);
  if (!token) return "unknown";
  const [key] = await db()
    .select({
      id: apiKeys.id,
      workspaceId: apiKeys.workspaceId,
      scopes: apiKeys.scopes,
      secretHash: apiKeys.secretHash,
      isRevoked: sql<boolean>`${apiKeys.revokedAt} is not null or exists
        (select from ${accountDeletions} d where d.workspace_id = api_keys.workspace_id)`,
      isExpired: sql<boolean>`coalesce(${apiKeys.expiresAt} <= now(), false)`,
      isFresh: sql<boolean>`coalesce(${apiKeys.lastUsedAt} > now() - interval '1 minute', false)`,
    })
    .from(apiKeys)
    .where(eq(apiKeys.publicId, token.publicId));
  if (!key || !isSecret(token.secret, key.secretHash)) return "unknown";
  if (key.isRevoked) return "revoked";
  if (key.isExpired) return "expired";
  if (!key.isFresh) await noteUse(key.id);
  return { keyId: key.id, workspaceId: key.workspaceId, scopes: key.scopes.filter(isScope) };
}
