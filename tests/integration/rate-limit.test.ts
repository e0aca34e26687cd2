import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { countCall, rateLimitHeaders } from "@/lib/rate-limit";
import { purgeRateLimits } from "@/lib/rate-limit/purge";

test("of 50 calls at once as many pass as the quota says, and the rest is told when to come back", async () => {
  const quota = { name: "test", calls: 20, seconds: 60 };
  const caller = randomUUID();
  const standings = await Promise.all(Array.from({ length: 50 }, () => countCall(quota, caller)));
  expect(standings.filter(({ allowed }) => allowed)).toHaveLength(20);
  const refused = standings.find(({ allowed }) => !allowed);
  expect(refused && rateLimitHeaders(refused)).toMatchObject({
    "ratelimit-policy": '"test";q=20;w=60',
    ratelimit: expect.stringMatching(/^"test";r=0;t=\d+$/),
    "retry-after": expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
  });
  expect((await countCall(quota, randomUUID())).remaining).toBe(19);
});

test("windows that have ended are forgotten, and none that has not", async () => {
  const quota = { name: "purge", calls: 5, seconds: 60 };
  const [over, open] = [randomUUID(), randomUUID()];
  for (const caller of [over, open]) await countCall(quota, caller);
  await db().execute(sql`update rate_limits set expire = 1 where key = ${`purge:${over}`}`);
  await purgeRateLimits();
  const left = await db().execute(sql`select key from rate_limits where key like 'purge:%'`);
  expect([...left]).toEqual([{ key: `purge:${open}` }]);
});
