import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { catalogProducts, planOf } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { type Counted, keptUnitsOf, packUnitsOf } from "./balance";
import type { Use } from "./use";

const metered = catalogProducts
  .filter(({ plan }) => plan && planOf(plan).overage)
  .map(({ key }) => key);

/** What names a use among all. */
export function keyOf({
  workspaceId,
  idempotencyKey,
}: Pick<Use, "workspaceId" | "idempotencyKey">): string {
  return JSON.stringify([workspaceId, idempotencyKey]);
}

/**
 * Stores, in one INSERT, those of `uses` that need no count: whose workspace has an active subscription to a
 * metered plan and no other, and holds no packs, whose account is not being deleted, and whose lock nobody has. Polar's
 * meter hears of every unit of them. One whose key is known is left out too.
 *
 * @returns the keys (`keyOf`) of what was stored.
 */
export async function insertMetered(
  executor: Executor,
  uses: readonly Use[],
): Promise<ReadonlySet<string>> {
  if (metered.length === 0) return new Set();
  const rows = await executor.execute<{ workspace_id: string; idempotency_key: string }>(sql`
    insert into usage_events
      (workspace_id, name, units, billable_units, metadata, source, idempotency_key)
    select "workspaceId", name, units, units, metadata, source, "idempotencyKey"
    from json_to_recordset(${JSON.stringify(uses)}::json) as use (
      "workspaceId" text, name text, units int, metadata jsonb, source text, "idempotencyKey" text)
    where (select bool_and(coalesce(s.status = 'active' and s.pending_product_id is null
          and s.product_key in ${metered}, false))
        from subscriptions s where s.workspace_id = "workspaceId" and s.deleted_at is null
          and s.status in ('active', 'trialing', 'past_due'))
      and not exists (select from benefit_grants g where g.workspace_id = "workspaceId"
        and g.deleted_at is null and g.is_granted and g.benefit_type = 'meter_credit'
        and g.subscription_id is null)
      and is_account_open("workspaceId")
    order by 1, 7
    on conflict (workspace_id, idempotency_key) do nothing
    returning workspace_id, idempotency_key`);
  return new Set(
    rows.map((row) =>
      keyOf({ workspaceId: row.workspace_id, idempotencyKey: row.idempotency_key }),
    ),
  );
}

/** Who gives a use of so many units, as it is written down: packs, nobody whom Polar charges, and what it hears of. */
export function splitOf(
  entitlement: Entitlement,
  counted: Counted,
  units: number,
): { packUnits: number; keptUnits: number; billableUnits: number } {
  const packUnits = packUnitsOf(entitlement, counted, units);
  const keptUnits = keptUnitsOf(entitlement, counted, units);
  const billableUnits = entitlement.isMetered ? units - keptUnits : packUnits;
  return { packUnits, keptUnits, billableUnits };
}

/** Writes one use down, told apart by who gives it: the plan, packs, or the free allowance. */
export async function insertCounted(
  executor: Executor,
  use: Use,
  entitlement: Entitlement,
  counted: Counted,
): Promise<void> {
  await executor
    .insert(usageEvents)
    .values({ ...use, ...splitOf(entitlement, counted, use.units) })
    .onConflictDoNothing();
}
