import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { countCall } from "@/lib/rate-limit";
import { anyPort } from "@/scripts/local/ports";

test("with a Redis that is away, the process counts by itself", async () => {
  process.env.REDIS_URL = `redis://127.0.0.1:${await anyPort()}`;
  const quota = { name: "test", calls: 2, seconds: 60 };
  const caller = randomUUID();
  const passed = [];
  for (let call = 0; call < 3; call++) passed.push((await countCall(quota, caller)).allowed);
  expect(passed).toEqual([true, true, false]);
});
