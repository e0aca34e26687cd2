import "server-only";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { users, workspaceMembers } from "@/db/schema";
import { findCustomer, isInvalid, type models, patiently, polar } from "@/lib/polar";
import { adoptCustomer, each } from "./adoption";

/** What becomes of one of Polar's customers in an import. */
export type ImportOutcome =
  /** Has the external id of one of our workspaces already. */
  | "linked"
  /** Belongs to nobody, and one of our users has proven the same address: gets the external id. */
  | "adopted"
  /** Belongs to nobody, and no user of ours has the address. */
  | "unmatched"
  /** Several users have the address, in other capitals. */
  | "ambiguous"
  /** A user has the address and has not proven it. */
  | "unverified"
  /** The user with the address has another customer at Polar already. */
  | "workspace_taken"
  /** Has an external id that is no workspace of ours. */
  | "foreign_id"
  /** Polar refused the external id. */
  | "refused";

export type Imported = { customer: models.Customer; outcome: ImportOutcome; workspaceId?: string };

async function findUsers(email: string) {
  return await db()
    .select({ workspaceId: workspaceMembers.workspaceId, verified: users.emailVerified })
    .from(users)
    .innerJoin(workspaceMembers, eq(workspaceMembers.userId, users.id))
    .where(eq(sql`lower(${users.email})`, email.trim().toLowerCase()));
}

async function isWorkspace(id: string): Promise<boolean> {
  const rows = await db()
    .select({ id: workspaceMembers.workspaceId })
    .from(workspaceMembers)
    .where(eq(workspaceMembers.workspaceId, id))
    .limit(1);
  return rows.length > 0;
}

async function judge(customer: models.Customer): Promise<Imported> {
  if (customer.external_id)
    return {
      customer,
      outcome: (await isWorkspace(customer.external_id)) ? "linked" : "foreign_id",
    };
  const [user, another] = customer.email ? await findUsers(customer.email) : [];
  if (!user) return { customer, outcome: "unmatched" };
  if (another) return { customer, outcome: "ambiguous" };
  if (!user.verified) return { customer, outcome: "unverified" };
  const { workspaceId } = user;
  if (await patiently(() => findCustomer(workspaceId)))
    return { customer, outcome: "workspace_taken", workspaceId };
  return { customer, outcome: "adopted", workspaceId };
}

async function adopt(found: Imported, workspaceId: string): Promise<Imported> {
  try {
    await adoptCustomer(found.customer.id, workspaceId);
    return found;
  } catch (error) {
    if (!isInvalid(error)) throw error;
    return { ...found, outcome: "refused" };
  }
}

/**
 * Goes through all of Polar's customers and gives those that belong to nobody to the user who has proven
 * their address: their `external_id` becomes the workspace's, which cannot be undone at Polar, and what they
 * have bought is theirs here, without mails of old orders. Everything else is left alone and told.
 *
 * @param apply false only tells what would happen.
 */
export async function* importCustomers(apply: boolean): AsyncGenerator<Imported> {
  const all = each((page) => polar().customers.list({ page, limit: 100, sorting: ["created_at"] }));
  for await (const customer of all) {
    const found = await judge(customer);
    yield apply && found.outcome === "adopted" && found.workspaceId
      ? await adopt(found, found.workspaceId)
      : found;
  }
}
