import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { databaseAddresses } from "@/db/addresses";
import { closeDb, db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { startWorker } from "@/lib/jobs/worker";
import { ownWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await ownWorld();
  // No real pooler, under `npm run test:pooler` neither.
  process.env.DATABASE_URL = databaseAddresses().direct;
});
afterEach(closeDb);
afterAll(() => world.close());

/** The same PostgreSQL under two addresses, as with a pooler. */
function apart(): { pooled: string; direct: string } {
  const { direct } = databaseAddresses();
  const named = new URL(direct);
  named.searchParams.set("application_name", "direct");
  process.env.DIRECT_DATABASE_URL = named.href;
  return { pooled: databaseAddresses().pooled, direct: named.href };
}

const limit = async () => {
  const [row] = await db().execute(
    sql`select setting, source from pg_settings where name = 'statement_timeout'`,
  );
  return row;
};
/** How many statements the app's connections keep prepared, after each has run one with a parameter. */
async function prepared(): Promise<number> {
  await Promise.all(
    Array.from({ length: 20 }, () => db().$client`select ${"some"}::text, pg_sleep(0.01)`),
  );
  const seen = await Promise.all(
    Array.from({ length: 20 }, () =>
      db().execute<{ some: string }>(
        sql`select name as some from pg_prepared_statements where statement like '%pg_sleep%'`,
      ),
    ),
  );
  return seen.flat().length;
}

test("without a pooler connections prepare statements and bring the limit of statements along", async () => {
  delete process.env.DIRECT_DATABASE_URL;
  expect(databaseAddresses().hasPooler).toBe(false);
  expect(await limit()).toEqual({ setting: "15000", source: "client" });
  expect(await prepared()).toBeGreaterThan(0);
});

test("through a pooler nothing is prepared, and the role brings the limit", async () => {
  const { pooled, direct } = apart();
  await migrate(direct, pooled);
  expect(await limit()).toEqual({ setting: "15000", source: "database user" });
  expect(await prepared()).toBe(0);
});

test("a limit that the role has already is kept", async () => {
  const { pooled, direct } = apart();
  await db().execute(
    sql`do $$ begin execute format('alter role current_user in database %I set statement_timeout = ''20s''', current_database()); end $$`,
  );
  await closeDb();
  await migrate(direct, pooled);
  expect(await limit()).toMatchObject({ setting: "20000" });
});

test("the job engine listens past the pooler, on as few connections as are allowed", async () => {
  apart();
  const worker = await startWorker();
  const listeners = await db().execute(
    sql`select application_name as at from pg_stat_activity
      where query ilike 'listen%' and datname = current_database()`,
  );
  expect([...listeners]).toEqual([{ at: "direct" }]);
  await worker.stop();
});
