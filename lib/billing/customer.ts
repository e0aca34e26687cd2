import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { findCustomer, isInvalid, polar } from "@/lib/polar";
import { adoptCustomer } from "./adoption";

/** Polar has a customer of this e-mail that is not ours to link. */
export class EmailConflictError extends Error {
  override name = "EmailConflictError";
}

async function isEmailVerified(userId: string): Promise<boolean> {
  const [user] = await db()
    .select({ verified: users.emailVerified })
    .from(users)
    .where(eq(users.id, userId));
  return Boolean(user?.verified);
}

/**
 * Makes sure that Polar has a customer with the workspace's id as `external_id` before a checkout is made.
 * Without it, a checkout for an e-mail that Polar knows would use that customer and silently drop our id.
 * An existing customer of the same e-mail is linked only if it belongs to nobody and the viewer has proven
 * the address; what it has bought is then stored before this returns.
 *
 * @throws {EmailConflictError} when the e-mail's customer belongs to somebody else or cannot be proven.
 */
export async function ensureCustomer(viewer: Viewer): Promise<void> {
  if (await findCustomer(viewer.workspaceId)) return;
  const { items } = await polar().customers.list({ email: viewer.email, limit: 1 });
  const [existing] = items;
  if (existing) {
    if (existing.external_id || !(await isEmailVerified(viewer.userId)))
      throw new EmailConflictError();
    await adoptCustomer(existing.id, viewer.workspaceId, (read) => read());
    return;
  }
  try {
    await polar().customers.create({
      email: viewer.email,
      external_id: viewer.workspaceId,
      ...(viewer.name ? { name: viewer.name } : {}),
    });
  } catch (error) {
    // A second click may have made it meanwhile.
    if (isInvalid(error) && (await findCustomer(viewer.workspaceId))) return;
    if (isInvalid(error)) throw new EmailConflictError();
    throw error;
  }
}
