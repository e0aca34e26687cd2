import { getTableName, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { erasures, keptTables } from "@/lib/account/deletion/erasure";
import { exportedTables, notExported } from "@/lib/account/export/coverage";

afterAll(closeDb);

/** Tables of the database itself with a column that leads to a person, in whichever way they were made. */
async function personalTables(): Promise<string[]> {
  const rows = await db().execute<{ name: string }>(sql`
    select distinct c.table_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.table_name not in (select relname from pg_class where relispartition)
      and c.column_name ~ '(^|_)(workspace|user|customer|subscription)_ids?$|mail|recipient|identifier'
    order by 1`);
  return rows.map(({ name }) => name);
}

const namesOf = (tables: readonly Parameters<typeof getTableName>[0][]) =>
  tables.map((table) => getTableName(table));
const erased = namesOf(erasures.map(({ table }) => table));
const exported = namesOf(exportedTables);

test("each table that leads to a person is in the export, or left out for a reason", async () => {
  const personal = await personalTables();
  expect(personal.length).toBeGreaterThan(15);
  const named = [...exported, ...Object.keys(notExported)];
  expect(personal.filter((name) => !named.includes(name))).toEqual([]);
  expect(exported.filter((name) => name in notExported)).toEqual([]);
});

test("each table that leads to a person is emptied of them by a deletion, or kept for a reason", async () => {
  const named = [...erased, ...Object.keys(keptTables)];
  const personal = await personalTables();
  expect(personal.filter((name) => !named.includes(name))).toEqual([]);
  expect(erased.filter((name) => name in keptTables)).toEqual([]);
});

test("what is named is there", async () => {
  const rows = await db().execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`);
  const there = rows.map(({ name }) => name);
  const named = [...erased, ...exported, ...Object.keys(keptTables), ...Object.keys(notExported)];
  expect(named.filter((name) => !there.includes(name))).toEqual([]);
});
