import "server-only";
import { and, count, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { apiKeys, auditLog } from "@/db/schema";
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
      .returning({ id: apiKeys.id, expiresAt: apiKeys.expiresAt });
    if (made)
      await tx.insert(auditLog).values({
        workspaceId: owner.workspaceId,
        action: "api_key.created",
        objectType: "api_key",
        objectId: made.id,
        after: {
          createdBy: owner.userId,
          name: wanted.name,
          scopes: wanted.scopes,
          expiresAt: made.expiresAt?.toISOString() ?? null,
        },
      });
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
export async function revokeApiKey(
  { workspaceId, userId }: { workspaceId: string; userId: string },
  id: string,
): Promise<boolean> {
  return await db().transaction(async (tx) => {
    const [key] = await tx
      .select({ id: apiKeys.id, revokedAt: apiKeys.revokedAt })
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, workspaceId), eq(sql`${apiKeys.id}::text`, id)))
      .for("update");
    if (!key) return false;
    if (key.revokedAt) return true;
    await tx.update(apiKeys).set({ revokedAt: sql`now()` }).where(eq(apiKeys.id, key.id));
    await tx.insert(auditLog).values({
      workspaceId,
      action: "api_key.revoked",
      objectType: "api_key",
      objectId: key.id,
      after: { revokedBy: userId },
    });
    return true;
  });
}
