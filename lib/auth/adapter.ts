import "server-only";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { db } from "@/db/client";
import {
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

/** next-auth's storage: Auth.js's own Drizzle adapter, with workspaces made beside users. */
export function authAdapter(): Adapter {
  const adapter = DrizzleAdapter(db(), {
    usersTable: users,
    accountsTable: accounts,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  }) as Adapter;
  return { ...adapter, createUser };
}
