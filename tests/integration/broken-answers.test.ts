import { expect, test } from "vitest";
import { isUnavailable, polar } from "@/lib/polar";
import { ownShop } from "../support/shop";

const shop = ownShop();
const breaksOff = (path: string, remaining: number) =>
  shop.buyer.faults({ api: { fault: "reset", remaining, path } });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "answered",
    (error: unknown) => (isUnavailable(error) ? "unavailable" : String(error)),
  );

test("an answer that breaks off in its middle is asked for again", async () => {
  await breaksOff("/v1/products/", 2);
  expect((await polar().products.list({ limit: 100 })).items.length).toBeGreaterThan(3);
});

test("one that breaks off each time means that Polar cannot be reached", async () => {
  await breaksOff("/v1/products/", 10);
  expect(await outcome(polar().products.list({ limit: 100 }))).toBe("unavailable");
  await shop.buyer.faults();
});

test("what must not be done twice is not asked for again", async () => {
  await breaksOff("/v1/customers/", 1);
  const made = polar().customers.create({ email: "ada@example.com", external_id: "ada" });
  expect(await outcome(made)).toBe("unavailable");
  expect((await polar().customers.getExternal("ada")).email).toBe("ada@example.com");
});
