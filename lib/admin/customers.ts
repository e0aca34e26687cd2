import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type Cursor, type PageOf, pageOf, pageSize } from "./page-of";

/** A workspace in the list. Its user is null once their account is deleted, or before they are ours. */
export type CustomerRow = {
  workspaceId: string;
  email: string | null;
  name: string | null;
  since: Date;
  isDeleted: boolean;
  /** Its newest live subscription. */
  subscription: { product: string | null; status: string } | null;
};

/** A search that fits more addresses, or more names, than these finds some of them. */
const mostMatches = 1_000;

/** Everybody that the text names: the whole of an id, or the beginning of an address or a name. */
function matching(text: string): SQL {
  const prefix = `${text.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const beginning = (id: SQL, table: SQL, column: SQL) => sql`
    (select ${id} from ${table} where lower(${column}) like ${prefix}
      order by lower(${column}) using ~<~ limit ${mostMatches})`;
  return sql`
    ${beginning(sql`id`, sql`users`, sql`email`)}
    union ${beginning(sql`id`, sql`users`, sql`name`)}
    union ${beginning(sql`workspace_id`, sql`customers`, sql`email`)}
    union select id from users where id = ${text}
    union select workspace_id from account_deletions
      where workspace_id = ${text} or customer_ids @> array[${text}]
    union select workspace_id from customers where id = ${text}
    union select workspace_id from subscriptions where id = ${text}
    union select workspace_id from orders where id = ${text}`;
}

type Row = {
  id: string;
  email: string | null;
  name: string | null;
  at: string;
  deleted: boolean;
  product: string | null;
  status: string | null;
};

/**
 * A page of customers, newest first: all of them, by the index of when they came, or those that `text` finds. Each way
 * of finding one has an index of its own: the keys of users, Polar's customers, subscriptions and orders, what addresses
 * and names begin with, and whom a deleted account was at Polar.
 *
 * @param text an id or the beginning of an e-mail address or name, in whatever case; all where it is empty.
 */
export async function searchCustomers(
  text: string,
  after: Cursor | null,
): Promise<PageOf<CustomerRow>> {
  const before = after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id})` : sql`true`;
  const everybody = sql`select id, created_at as at from users`;
  const found = sql`
    select found.id, coalesce(u.created_at, d.requested_at, now()) as at
    from (${matching(text)}) as found(id)
      left join users u on u.id = found.id
      left join account_deletions d on d.workspace_id = found.id
    where found.id is not null`;
  const rows = await db().execute<Row>(sql`
    select page.id, page.at::text as at, u.email, u.name, d.anonymized_at is not null as deleted,
      s.product_key as product, s.status
    from (select * from (${text === "" ? everybody : found}) as listed where ${before}
        order by at desc, id desc limit ${pageSize + 1}) as page
      left join users u on u.id = page.id
      left join account_deletions d on d.workspace_id = page.id
      left join lateral (
        select product_key, status from subscriptions
        where workspace_id = page.id and deleted_at is null and status in ('active', 'past_due', 'trialing')
        order by started_at desc nulls last limit 1) s on true
    order by page.at desc, page.id desc`);
  const page = pageOf([...rows], ({ at, id }) => ({ at, id }));
  return {
    next: page.next,
    rows: page.rows.map(({ id, email, name, at, deleted, product, status }) => ({
      workspaceId: id,
      email,
      name,
      since: new Date(at),
      isDeleted: deleted,
      subscription: status === null ? null : { product, status },
    })),
  };
}
