import "server-only";
import { eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { sideEffects, users, workspaceMembers, workspaces } from "@/db/schema";

/** Records that something is done, once. False when it was done before. */
export async function once(executor: Executor, key: string): Promise<boolean> {
  const rows = await executor.insert(sideEffects).values({ key }).onConflictDoNothing().returning();
  return rows.length === 1;
}

/** Who is told about a workspace's money, and since when the workspace is there. */
export type Owner = { id: string; email: string; since: Date };

export async function ownerOf(executor: Executor, workspaceId: string): Promise<Owner | null> {
  const [owner] = await executor
    .select({ id: users.id, email: users.email, since: workspaces.createdAt })
    .from(workspaceMembers)
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(eq(workspaceMembers.workspaceId, workspaceId));
  return owner ?? null;
}
