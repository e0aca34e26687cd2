import "server-only";
import { and, asc, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";

const pageSize = 1_000;

type Row<Table extends PgTable> = Table["$inferSelect"];

/**
 * A table's rows that fit `where`, a page of a thousand at a time, in the order of `keys`, which together are
 * unique. Each page is a query of its own that goes on after the last row, so that however long a reader
 * takes, neither memory nor a connection is held.
 */
export async function* pagesOf<Table extends PgTable>(
  table: Table,
  where: SQL | undefined,
  keys: PgColumn[],
): AsyncGenerator<Row<Table>[]> {
  // As text: a JavaScript Date would cut off the microseconds that the next page goes on from.
  const position = sql<string[]>`array[${sql.join(
    keys.map((key) => sql`${key}::text`),
    sql`, `,
  )}]`;
  let after: string[] | null = null;
  do {
    const from: SQL | undefined = after ? afterRow(keys, after) : undefined;
    const rows: { row: Row<Table>; position: string[] }[] = await db()
      .select({ row: getTableColumns(table), position })
      .from(table as PgTable)
      .where(and(where, from))
      .orderBy(...keys.map((key) => asc(key)))
      .limit(pageSize);
    yield rows.map(({ row }) => row);
    after = rows.length === pageSize ? (rows.at(-1)?.position ?? null) : null;
  } while (after);
}

function afterRow(keys: PgColumn[], values: string[]): SQL {
  const columns = sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  );
  const position = sql.join(
    keys.map((key, index) => sql`${values[index]}::${sql.raw(key.getSQLType())}`),
    sql`, `,
  );
  return sql`(${columns}) > (${position})`;
}
