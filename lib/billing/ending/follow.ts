import "server-only";
import { eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { followEnd } from "./end";
import { followTrial } from "./trial";

/** What is mailed about the ends of a subscription: of its trial, of what was canceled, and of the plan. */
export async function followEnding(executor: Executor, subscriptionId: string): Promise<void> {
  const [row] = await executor
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, subscriptionId));
  if (!row) return;
  await followTrial(executor, row);
  await followEnd(executor, row);
}
