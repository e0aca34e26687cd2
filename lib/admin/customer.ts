import "server-only";
import { desc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import {
  accountDeletions,
  customerMeters,
  customers,
  subscriptions,
  users,
  workspaces,
} from "@/db/schema";
import { type ApiKey, listApiKeys } from "@/lib/api-keys";
import type { Entitlement } from "@/lib/billing/entitlement";
import { getEntitlement } from "@/lib/billing/entitlements";
import { listOrders, type OrderSummary } from "@/lib/billing/orders";
import { getUsage, type UsageSummary } from "@/lib/usage";

export type CustomerSubscription = typeof subscriptions.$inferSelect;
export type CustomerMeter = typeof customerMeters.$inferSelect;

/** What a customer has. `user` is null once the account is deleted, and where there never was one here. */
export type Customer = {
  workspaceId: string;
  user: typeof users.$inferSelect | null;
  deletion: { requestedAt: Date; anonymizedAt: Date | null } | null;
  /** Whom Polar knows them as. */
  polarCustomers: { id: string; email: string | null }[];
  entitlement: Entitlement;
  usage: UsageSummary;
  subscriptions: CustomerSubscription[];
  meters: CustomerMeter[];
  orders: OrderSummary[];
  keys: ApiKey[];
};

/** So many subscriptions of one customer are shown, the newest; orders and keys are a hundred at most. */
const mostSubscriptions = 20;

/** What the workspace has; null where nobody has heard of it. Every part is read by an index of the workspace. */
export async function readCustomer(workspaceId: string): Promise<Customer | null> {
  const [[user], [deletion], [workspace], polarCustomers, held, meters, orders] = await Promise.all(
    [
      db().select().from(users).where(eq(users.id, workspaceId)),
      db().select().from(accountDeletions).where(eq(accountDeletions.workspaceId, workspaceId)),
      db().select().from(workspaces).where(eq(workspaces.id, workspaceId)),
      db()
        .select({ id: customers.id, email: customers.email })
        .from(customers)
        .where(eq(customers.workspaceId, workspaceId))
        .limit(mostSubscriptions),
      db()
        .select()
        .from(subscriptions)
        .where(eq(subscriptions.workspaceId, workspaceId))
        .orderBy(desc(subscriptions.startedAt))
        .limit(mostSubscriptions),
      db().select().from(customerMeters).where(eq(customerMeters.workspaceId, workspaceId)),
      listOrders(workspaceId),
    ],
  );
  const isKnown = user || deletion || workspace;
  if (!isKnown && [polarCustomers, held, orders].every((rows) => rows.length === 0)) return null;
  const [entitlement, usage, keys] = await Promise.all([
    getEntitlement(workspaceId),
    getUsage(workspaceId),
    listApiKeys(workspaceId),
  ]);
  return {
    workspaceId,
    user: user ?? null,
    deletion: deletion ?? null,
    polarCustomers,
    entitlement,
    usage,
    subscriptions: held,
    meters,
    orders,
    keys,
  };
}
