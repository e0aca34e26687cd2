import { expect, test } from "vitest";
import { checkoutPath, nextPage } from "@/lib/billing/checkout-path";

test("a checkout leads on to pages of ours alone", () => {
  expect(nextPage("/studio?size=2#top")).toBe("/studio?size=2#top");
  for (const value of [
    undefined,
    null,
    "",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/api/portal",
    "/x/../api/portal",
    "/%2e%2e/api/portal",
    `/${"x".repeat(2_000)}`,
  ])
    expect(nextPage(value), String(value)).toBeNull();
});

test("the page of a choice keeps what was chosen and where to go on", () => {
  expect(checkoutPath("pro-yearly", null)).toBe("/checkout/start?product=pro-yearly");
  expect(checkoutPath("pro-yearly", "/studio?a=1")).toBe(
    "/checkout/start?product=pro-yearly&next=%2Fstudio%3Fa%3D1",
  );
});
