import "server-only";
import { and, count, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { changeWorkspace } from "@/lib/workspaces";
import type { KeyRequest } from "./request";
import { isScope, type Scope } from "./scopes";
import { hashSecret, maskToken, newToken, writeToken } from "./token";

/** How many keys of a workspace may work at the same time. */
export const mostKeys = 20;

const listed = 100;

/** A key for people: what they need to tell it from others, and no secret. */
export type ApiKey = {
  id: string;
  name: string;
  masked: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

const works = (): SQL | undefined =>
  and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)));

/**
 * Makes a key. `token` is shown to its owner now and cannot be had again: its hash alone is stored.
 *
 * @returns null where the workspace has `mostKeys` keys that work.
 * @throws {AccountEndedError} when the account is deleted or being deleted.
 */
export async function createApiKey(
  owner: { workspaceId: string; userId: string },
  wanted: KeyRequest,
): Promise<{ id: string; token: string } | null> {
  const token = newToken();
  return await changeWorkspace(owner.workspaceId, async (tx) => {
    const [working] = await tx
      .select({ count: count() })
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, owner.workspaceId), works()));
    if ((working?.count ?? 0) >= mostKeys) return null;
    const [made] = await tx
      .insert(apiKeys)
      .values({
        publicId: token.publicId,
        workspaceId: owner.workspaceId,
        createdBy: owner.userId,
        name: wanted.name,
        secretHash: hashSecret(token.secret),
        scopes: wanted.scopes,
        expiresAt: wanted.days === null ? null : sql`now() + ${wanted.days} * interval '1 day'`,
      })
      .returning({ id: apiKeys.id });
    return made ? { id: made.id, token: writeToken(token) } : null;
  });
}

/** All keys of a workspace that work, newest first, then the newest of those that have ended: a hundred in all. */
export async function listApiKeys(workspaceId: string): Promise<ApiKey[]> {
  const rows = await db()
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.workspaceId, workspaceId))
    .orderBy(desc(sql`${works()}`), desc(apiKeys.createdAt))
    .limit(listed);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    masked: maskToken(row.publicId),
    scopes: row.scopes.filter(isScope),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
  }));
}

/**
 * Ends a key, at once and for good.
 *
 * @returns false where the workspace has no such key. Revoking it again changes nothing.
 */
export async function revokeApiKey(workspaceId: string, id: string): Promise<boolean> {
  const revoked = await db()
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(sql`${apiKeys.id}::text`, id)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}
