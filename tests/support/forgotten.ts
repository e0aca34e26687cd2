import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** The tables of the database, the job engine's too, in any row of which one of `words` stands; case aside. */
export async function tablesWith(...words: string[]): Promise<string[]> {
  const tables = await db().execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' order by 1`);
  const found: string[] = [];
  for (const { name } of tables) {
    const [hit] = await db().execute(sql`
      select 1 from ${sql.raw(name)} as t
      where exists (select 1 from unnest(${sql.param(words)}::text[]) word
        where position(lower(word) in lower(t::text)) > 0)
      limit 1`);
    if (hit) found.push(name);
  }
  return found;
}
