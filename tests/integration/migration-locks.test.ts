import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseAddresses } from "@/db/addresses";
import { closeDb, db } from "@/db/client";
import { withLockPatience } from "@/db/lock-patience";
import { migrate } from "@/db/migrate";
import { emails } from "@/db/schema";
import { ownWorld, type World } from "../support/world";

let world: World;
const clients: postgres.Sql[] = [];

function connect(): postgres.Sql {
  const client = postgres(databaseAddresses().direct, { max: 1, onnotice: () => {} });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  world = await ownWorld();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await closeDb();
  await world.close();
});

/** A transaction that has `statement`'s locks until it is let go. */
async function hold(statement: string): Promise<() => Promise<void>> {
  const holding = new EventTarget();
  const held = once(holding, "held");
  const free = once(holding, "free");
  const done = connect().begin(async (tx) => {
    await tx.unsafe(statement);
    holding.dispatchEvent(new Event("held"));
    await free;
  });
  await held;
  return async () => {
    holding.dispatchEvent(new Event("free"));
    await done;
  };
}

const waiting = async () =>
  (
    await db().execute(sql`select 1 from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`)
  ).length;

test("a change that waits for a table lets those pass who wait behind it, and is made when the table is free", async () => {
  const free = await hold("select 1 from emails");
  const client = connect();
  const change = () => client`alter table emails add column later text`.then(() => {});
  let tries = 0;
  const changed = withLockPatience(
    client,
    () => {
      tries++;
      return change();
    },
    { lockMs: 300, pauseMs: 300, tries: 100 },
  );
  await expect.poll(waiting).toBe(1);
  // It queues behind the change, and is answered although the table's holder goes on.
  expect(await db().select({ id: emails.id }).from(emails).where(eq(emails.key, "none"))).toEqual(
    [],
  );
  await expect.poll(() => tries).toBeGreaterThan(1);
  await free();
  await changed;
  expect(await client`select later from emails`).toHaveLength(0);
});

test("a migration that cannot have its lock says who may hold it and changes nothing; then it can be run again", async () => {
  const free = await hold("lock table drizzle.__drizzle_migrations in access exclusive mode");
  const [holder] = await db().execute<{ pid: number }>(
    sql`select pid from pg_locks where relation = 'drizzle.__drizzle_migrations'::regclass
      and mode = 'AccessExclusiveLock'`,
  );
  const patience = { lockMs: 50, pauseMs: 10, tries: 2 };
  const { direct } = databaseAddresses();
  await expect(migrate(direct, undefined, patience)).rejects.toThrow(
    new RegExp(`waited 2 times for a lock.*pid ${holder?.pid} `),
  );
  await free();
  await migrate(direct, undefined, patience);
});

test("so does one of the job engine's own", async () => {
  const free = await hold("lock table graphile_worker.migrations in access exclusive mode");
  const patience = { lockMs: 50, pauseMs: 10, tries: 2 };
  const { direct } = databaseAddresses();
  await expect(migrate(direct, undefined, patience)).rejects.toThrow("waited 2 times for a lock");
  await free();
  await migrate(direct, undefined, patience);
});

test("a migration waits for another one, however long, and fails for what is wrong with it at once", async () => {
  const other = connect();
  await other`select pg_advisory_lock(71904233)`;
  const migrated = migrate(databaseAddresses().direct, undefined, {
    lockMs: 20,
    pauseMs: 0,
    tries: 1,
  });
  await expect.poll(waiting).toBe(1);
  await other`select pg_advisory_unlock(71904233)`;
  await migrated;
  const client = connect();
  const wrong = () => client`alter table no_such_table add column a text`.then(() => {});
  await expect(
    withLockPatience(client, wrong, { lockMs: 50, pauseMs: 0, tries: 1 }),
  ).rejects.toThrow("no_such_table");
});
