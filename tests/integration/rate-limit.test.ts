import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { countCall, rateLimitHeaders } from "@/lib/rate-limit";

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
