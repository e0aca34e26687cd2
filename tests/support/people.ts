import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { users, workspaceMembers, workspaces } from "@/db/schema";

/** A stored user with a personal workspace of the same id, which has been there for a while. */
export async function person(id: string = randomUUID()): Promise<{ id: string; email: string }> {
  const email = `${id}@example.com`;
  await db().insert(users).values({ id, email, emailVerified: new Date() });
  await db()
    .insert(workspaces)
    .values({ id, createdAt: new Date("2026-01-01") });
  await db().insert(workspaceMembers).values({ workspaceId: id, userId: id });
  return { id, email };
}
