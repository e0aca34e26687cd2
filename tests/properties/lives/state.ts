import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import type { Step } from "../../support/customer-steps";

export const mirroredTables = [
  "customers",
  "checkouts",
  "subscriptions",
  "orders",
  "refunds",
  "benefit_grants",
];

/**
 * When we were told, and what Polar changes without an event (a yearly plan's meter period, and with it a
 * discount that is over): a pull may know more of it than any webhook.
 */
const untold = [
  "synced_at",
  "observed_at",
  "version_at",
  "digest",
  "meter_period_start",
  "meter_period_end",
];
const untoldOfMeterPeriods = [
  "amount",
  "discount_id",
  "discount_basis_points",
  "discount_amount",
  "discount_duration",
  "discount_months",
];
const list = (names: readonly string[]) => sql.raw(names.map((name) => `'${name}'`).join(", "));

/**
 * What is mailed while a payment is missed, a plan is canceled or a trial goes on: nobody hears of a state that was over
 * when it was told. And what is mailed about use, of which Polar's count is only known by a pull.
 */
const passing = [
  "payment-reminder",
  "payment-recovered",
  "subscription-canceled",
  "trial-ending",
  "usage-notice",
  "cap-notice",
];

type Row = { kind: string; row: Record<string, unknown> };

/** All that the app knows and has done about a workspace. */
export type State = { rows: Row[]; entitlement: Record<string, unknown> };

export async function stateOf(workspaceId: string): Promise<State> {
  const tables = mirroredTables.map(
    (name) => sql`select ${name}::text as kind, to_jsonb(t) - array[${list(untold)}]
        - case when to_jsonb(t) ->> 'meter_period_end' is null then array[]::text[]
          else array[${list(untoldOfMeterPeriods)}] end as row
      from ${sql.identifier(name)} t where t.workspace_id = ${workspaceId}`,
  );
  const rows = await db().execute<Row>(sql`
    ${sql.join(tables, sql` union all `)}
    union all select 'email', jsonb_build_object('id', key, 'recipient', recipient,
        'template', template, 'props', props - 'isUnpaid') from emails
        where workspace_id = ${workspaceId} and template not in ${passing}
    union all select 'side_effect', jsonb_build_object('id', s.key) from side_effects s
      where split_part(s.key, ':', 2) in (select id from orders where workspace_id = ${workspaceId}
        union all select id from refunds where workspace_id = ${workspaceId})`);
  const { meterWindow: _, ...entitlement } = await readEntitlement(db(), workspaceId);
  return { rows: [...rows], entitlement };
}

/** In an order that does not depend on what the ids are. */
function sorted({ rows, entitlement }: State): State {
  const key = ({ kind, row }: Row) => `${kind} ${row.id}`;
  return { rows: rows.toSorted((a, b) => key(a).localeCompare(key(b))), entitlement };
}

/** @throws with the life and both ends of it, each after its name, when they differ. */
export function requireSame(
  wrong: string,
  steps: readonly Step[],
  [expectedName, expected]: [string, State],
  [foundName, found]: [string, State],
): void {
  const [left, right] = [expected, found].map((state) =>
    sorted(JSON.parse(JSON.stringify(state)) as State),
  );
  if (isDeepStrictEqual(left, right)) return;
  throw new Error(
    [
      wrong,
      `The life: ${JSON.stringify(steps)}`,
      `${expectedName}: ${JSON.stringify(left)}`,
      `${foundName}: ${JSON.stringify(right)}`,
    ].join("\n"),
  );
}
