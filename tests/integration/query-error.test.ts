import { inspect } from "node:util";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { sideEffects, users } from "@/db/schema";

afterAll(closeDb);

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: unknown) => `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`,
  );

test("a query that fails keeps to itself what it was sent, within a transaction too", async () => {
  const bad = sql`select 1 from side_effects where key = ${"hidden value"} and nonsense`;
  const shown = [
    await failure(db().execute(bad)),
    await failure(db().transaction((tx) => tx.execute(bad))),
    await failure(
      db()
        .select()
        .from(users)
        .where(eq(users.id, sql`${"hidden value"}::int`)),
    ),
  ];
  for (const text of shown) {
    expect(text).toContain("Failed query");
    expect(text).not.toContain("hidden value");
    expect(text).not.toMatch(/params/);
  }
});

test("nor does it show a row that a constraint refused", async () => {
  const key = `hidden-${crypto.randomUUID()}`;
  await db().insert(sideEffects).values({ key });
  const text = await failure(db().insert(sideEffects).values({ key }));
  expect(text).toContain("23505");
  expect(text).not.toContain(key);
});

test("nor does it fill a log with the whole of a long statement", async () => {
  const columns = Array.from({ length: 500 }, (_, n) => sql.raw(`${n} as column_${n}`));
  const text = await failure(db().execute(sql`select ${sql.join(columns, sql`, `)} from nothing`));
  expect(text).toContain("Failed query: select 0 as column_0");
  expect(text).not.toContain("column_100");
});
