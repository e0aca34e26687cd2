import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type Cursor, pageSize } from "./page-of";

/** Whose history, and before what. */
export type Whose = {
  workspaceId: string;
  email: string | null;
  /** All that Polar has known them as. */
  customerIds: readonly string[];
  before: Cursor | null;
};

const most = pageSize + 1;

/** Entries of a kind are named by it and by their own id, so that each moment's are in one order. */
const keyOf = (kind: string, id: SQL) => sql`${`${kind}:`}::text || ${id}`;

function isBefore(at: SQL, key: SQL, before: Cursor | null): SQL {
  if (!before) return sql`true`;
  const moment = sql`${before.at}::timestamptz`;
  return sql`${at} <= ${moment} and (${at} < ${moment} or ${key} < ${before.id})`;
}

type Source = { kind: string; from: SQL; at: SQL; id: SQL; where: SQL; data: SQL };

/** The newest entries of a source, `(at, key, data)`, read from an index that ends with `at`. */
function newest({ kind, from, at, id, where, data }: Source, before: Cursor | null): SQL {
  const key = keyOf(kind, id);
  return sql`(
    select ${at} as at, ${key} as key, json_build_object(${data}) as data from ${from}
    where ${where} and ${isBefore(at, key, before)}
    order by ${at} desc, ${key} desc limit ${most})`;
}

function webhooks({ customerIds, before }: Whose): SQL {
  const of = newest(
    {
      kind: "webhook",
      from: sql`webhook_inbox`,
      at: sql`received_at`,
      id: sql`webhook_id`,
      where: sql`customer_id = customer.id`,
      data: sql`'webhookId', webhook_id, 'type', type, 'status', status`,
    },
    before,
  );
  const ids = sql`jsonb_array_elements_text(${JSON.stringify(customerIds)}::jsonb)`;
  return sql`select told.* from ${ids} as customer(id), lateral ${of} as told`;
}

const ofWorkspace =
  (source: Omit<Source, "where">, only = sql`true`) =>
  ({ workspaceId, before }: Whose): SQL =>
    newest({ ...source, where: sql`workspace_id = ${workspaceId} and ${only}` }, before);

const orders = ofWorkspace({
  kind: "order",
  from: sql`orders`,
  at: sql`placed_at`,
  id: sql`id`,
  data: sql`'description', description, 'status', status, 'reason', billing_reason,
    'total', total_amount, 'currency', currency`,
});

/** Subscriptions, benefit grants, refunds, keys and caps as the audit saw them change. New orders are above. */
const audit = ofWorkspace(
  {
    kind: "audit",
    from: sql`audit_log`,
    at: sql`at`,
    id: sql`id`,
    data: sql`'action', action, 'objectId', object_id, 'before', before, 'after', after`,
  },
  sql`action <> 'order.seen'`,
);

const requests = ofWorkspace({
  kind: "request",
  from: sql`subscription_changes`,
  at: sql`created_at`,
  id: sql`id`,
  data: sql`'action', action, 'product', product, 'outcome', outcome`,
});

/** What a mail holds is left out: a sign-in link's secret is in it. */
function mails({ workspaceId, email, before }: Whose): SQL {
  const mail = {
    kind: "mail",
    from: sql`emails`,
    at: sql`created_at`,
    id: sql`id`,
    data: sql`'template', template, 'sentAt', sent_at`,
  };
  const own = newest({ ...mail, where: sql`workspace_id = ${workspaceId}` }, before);
  if (email === null) return own;
  const others = sql`lower(recipient) = ${email.toLowerCase()}
    and workspace_id is distinct from ${workspaceId}`;
  return sql`${own} union all ${newest({ ...mail, where: others }, before)}`;
}

/**
 * Use by day (UTC), each at the last hour with any. The days are looked up one by one, from the newest back, by the
 * primary key: so it takes as long for ten years as for a month.
 */
function usage({ workspaceId, before }: Whose): SQL {
  const hours = sql`select max(hour) as hour from usage_hours where workspace_id = ${workspaceId}`;
  const start = before
    ? sql`and hour < date_trunc('day', ${before.at}::timestamptz, 'UTC') + interval '1 day'`
    : sql``;
  const key = keyOf("usage", sql`to_char(hour at time zone 'UTC', 'YYYY-MM-DD')`);
  return sql`
    select hour as at, ${key} as key, json_build_object('units', units) as data
    from (
      with recursive days(hour, nth) as (
        select hour, 1 from (${hours} ${start}) as newest where hour is not null
        union all
        select earlier.hour, nth + 1 from days,
          lateral (${hours} and hour < date_trunc('day', days.hour, 'UTC')) as earlier
        where earlier.hour is not null and nth <= ${most}
      )
      select days.hour, (
        select sum(billable_units + free_units + kept_units) from usage_hours u
        where workspace_id = ${workspaceId} and u.hour <= days.hour
          and u.hour >= date_trunc('day', days.hour, 'UTC')) as units
      from days) as used
    where units > 0 and ${isBefore(sql`hour`, key, before)}`;
}

/** Everything that happened to them, of each source as much as a page can hold. */
export function timelineOf(whose: Whose): SQL {
  const sources = [webhooks, orders, audit, requests, mails, usage].map((source) => source(whose));
  return sql`select at::text as at, key, data from (${sql.join(sources, sql` union all `)}) as happened
    order by happened.at desc, key desc limit ${most}`;
}
