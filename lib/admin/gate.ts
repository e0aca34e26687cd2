import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { notFound } from "next/navigation";
import { cache } from "react";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import { getViewer, type Viewer } from "@/lib/auth";
import { adminEmails } from "@/lib/env";

/** Somebody who is signed in with an address of ADMIN_EMAILS that they have shown to be theirs. */
export type Admin = Pick<Viewer, "userId" | "email" | "name">;

/**
 * Whether a viewer is an admin now. An address counts once a link that was mailed to it was opened; what a sign-in
 * provider says of an address does not.
 *
 * @throws what the database throws.
 */
export async function isAdmin({ userId, email }: Pick<Viewer, "userId" | "email">) {
  if (!adminEmails().includes(email.toLowerCase())) return false;
  const [verified] = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.email, email), isNotNull(users.emailVerified)));
  return verified !== undefined;
}

/** The signed-in admin, asked for once per request; null for everybody else. */
export const getAdmin = cache(async (): Promise<Admin | null> => {
  const viewer = await getViewer();
  return viewer && (await isAdmin(viewer)) ? viewer : null;
});

/** The gate of an admin page, and of each page's layout: to everybody else there is no such page. */
export async function requireAdmin(): Promise<Admin> {
  return (await getAdmin()) ?? notFound();
}
