import "server-only";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { and, eq, isNull } from "drizzle-orm";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { db } from "@/db/client";
import {
  accountDeletions,
  accounts,
  sessions,
  users,
  verificationTokens,
  workspaceMembers,
  workspaces,
} from "@/db/schema";

/** A user and the personal workspace with the same id, in one transaction: neither is ever without the other. */
async function createUser(data: Omit<AdapterUser, "id">): Promise<AdapterUser> {
  return await db().transaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({
        email: data.email,
        emailVerified: data.emailVerified,
        name: data.name,
        image: data.image,
      })
      .returning();
    if (!user) throw new Error("The user was not stored.");
    await tx.insert(workspaces).values({ id: user.id });
    await tx.insert(workspaceMembers).values({ workspaceId: user.id, userId: user.id });
    return user;
  });
}

/** A session of an account whose deletion was asked for opens nothing, whenever it began. */
async function getSessionAndUser(sessionToken: string) {
  const [found] = await db()
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(accountDeletions, eq(accountDeletions.workspaceId, users.id))
    .where(and(eq(sessions.sessionToken, sessionToken), isNull(accountDeletions.workspaceId)));
  return found ?? null;
}

/** Whether a user's account is being deleted. */
export async function isBeingDeleted(userId: string): Promise<boolean> {
  const [asked] = await db()
    .select({ id: accountDeletions.workspaceId })
    .from(accountDeletions)
    .where(eq(accountDeletions.workspaceId, userId));
  return asked !== undefined;
}

/** next-auth's storage: Auth.js's own Drizzle adapter, with workspaces made beside users. */
export function authAdapter(): Adapter {
  const adapter = DrizzleAdapter(db(), {
    usersTable: users,
    accountsTable: accounts,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  }) as Adapter;
  return { ...adapter, createUser, getSessionAndUser };
}
