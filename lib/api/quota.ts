import "server-only";
import { planOf } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { countCall, type Standing } from "@/lib/rate-limit";

/**
 * Counts one request of a workspace towards its plan's requests a minute: those with a key and those of its own pages
 * together.
 */
export async function countRequest(workspaceId: string, { plan }: Entitlement): Promise<Standing> {
  const quota = { name: "api", calls: planOf(plan).requestsPerMinute, seconds: 60 };
  return await countCall(quota, workspaceId);
}
