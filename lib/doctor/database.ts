import "server-only";
import { is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import * as schema from "@/db/schema";
import { askStore } from "@/lib/rate-limit/store";
import type { Check } from "./doctor";
import { type Finding, fail, ok, together, warn } from "./finding";
import { reasonOf } from "./within";

async function namesOf(query: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await db().execute<{ name: string }>(query);
  return rows.map(({ name }) => name);
}

async function migrations(): Promise<Finding> {
  const todo = "Run `npm run db:migrate`.";
  const [there] = await namesOf(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!there) return fail("The database was never migrated.", todo);
  const applied = new Set(
    await namesOf(sql`select created_at::text as name from drizzle.__drizzle_migrations`),
  );
  const missing = journal.entries.filter(({ when }) => !applied.has(String(when)));
  return missing.length === 0
    ? ok(`All ${journal.entries.length} migrations are applied.`)
    : fail(`Migrations are not applied: ${missing.map(({ tag }) => tag).join(", ")}.`, todo);
}

/** Every index of the schema, by its name in the database. */
const wantedIndexes = Object.values(schema).flatMap((table: unknown) =>
  is(table, PgTable)
    ? getTableConfig(table).indexes.flatMap(({ config }) => config.name ?? [])
    : [],
);

async function indexes(): Promise<Finding> {
  const there = new Set(
    await namesOf(sql`select indexname as name from pg_indexes where schemaname = 'public'`),
  );
  const missing = wantedIndexes.filter((name) => !there.has(name));
  if (missing.length > 0)
    return fail(
      `Indexes are missing: ${missing.join(", ")}.`,
      "Run `npm run db:migrate`; one that somebody has dropped, db/migrations says how to make.",
    );
  const invalid = await namesOf(sql`
    select i.indexrelid::regclass::text as name
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where not i.indisvalid and n.nspname in ('public', 'graphile_worker')`);
  return invalid.length === 0
    ? ok(`All ${wantedIndexes.length} indexes are there and valid.`)
    : fail(
        `Indexes are invalid: ${invalid.join(", ")}.`,
        "Mend each by `reindex index concurrently`.",
      );
}

async function statementLimit(): Promise<Finding> {
  const [row] = await db().execute<{ statement_timeout: string }>(sql`show statement_timeout`);
  const limit = row?.statement_timeout ?? "0";
  return limit === "0"
    ? warn(
        "A statement may run for ever.",
        "Run `npm run db:migrate`, which limits the pooler's role.",
      )
    : ok(`A statement may take ${limit}.`);
}

export const databaseIndexes: Check = async () =>
  together(await Promise.all([migrations(), indexes(), statementLimit()]));

export const rateLimiting: Check = async ({ env: { REDIS_URL } }) => {
  try {
    return ok(`Calls are counted in ${await askStore(REDIS_URL)}, which answers.`);
  } catch (error) {
    return fail(
      `Calls cannot be counted: ${reasonOf(error)}`,
      REDIS_URL ? "Correct REDIS_URL, or leave it empty." : "Run `npm run db:migrate`.",
    );
  }
};
