import { afterAll, beforeAll, expect, test } from "vitest";
import { redirectPolarToLocal } from "@/lib/polar";
import { ownWorld, type World } from "../support/world";

let world: World;
const original = globalThis.fetch;

beforeAll(async () => {
  world = await ownWorld();
});
afterAll(async () => {
  globalThis.fetch = original;
  await world.close();
});

async function statusAtPolar(): Promise<number> {
  redirectPolarToLocal();
  const answer = await fetch("https://sandbox-api.polar.sh/v1/products/", {
    headers: { authorization: `Bearer ${world.polar.accessToken}` },
  });
  return answer.status;
}

test("requests for Polar's hosts reach the local Polar, also once another `fetch` has been put in place", async () => {
  expect(await statusAtPolar()).toBe(200);
  const led = globalThis.fetch;
  expect(await statusAtPolar()).toBe(200);
  expect(globalThis.fetch).toBe(led);
  globalThis.fetch = original;
  expect(await statusAtPolar()).toBe(200);
});
