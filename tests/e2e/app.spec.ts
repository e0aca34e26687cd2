import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { envelope, signed, subscription } from "../support/webhooks";
import { signIn } from "./sign-in";

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
const origin = process.env.APP_URL ?? "";

test("a person signs in by mail, and the link works once", async ({ page, context }) => {
  const { link } = await signIn(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const session = await (await page.request.get("/api/auth/session")).text();
  const cookie = (await context.cookies()).find((found) => found.name.includes("session-token"));
  expect(cookie?.httpOnly).toBe(true);
  expect(session).not.toContain(cookie?.value ?? "missing");
  expect(await page.content()).not.toContain(cookie?.value ?? "missing");

  await context.clearCookies();
  await page.goto(link);
  await page
    .getByRole("main")
    .getByRole("button", { name: /sign in/i })
    .click();
  await page.waitForURL(/sign-in\/error/);
});

test("a scanner that opens the mailed page does not use the link up", async ({ page, browser }) => {
  const { email } = await signIn(page);
  expect(email).toContain("@");
  const other = await browser.newPage();
  await other.goto("/sign-in/confirm?email=a%40example.com&token=x.y");
  await expect(other.getByRole("main").getByRole("button", { name: /sign in/i })).toBeVisible();
  await other.close();
});

test("a verified webhook opens what was bought; the redirect alone does not", async ({ page }) => {
  await signIn(page);
  await page.goto(`/checkout/success?checkout_id=${randomUUID()}`);
  const before = await (await page.request.get("/api/me/entitlements")).json();
  expect(before.plan).toBe("free");
  await page.goto("/studio");
  await page.waitForURL(/\/pricing\?feature=custom_qr/);

  const me = await (await page.request.get("/api/auth/session")).json();
  const body = envelope("subscription.active", subscription(me.user.id));
  const headers = signed(body, secret);
  const forged = await page.request.post("/api/webhooks/polar", {
    data: body,
    headers: { ...headers, "webhook-signature": "v1,AAAA" },
  });
  expect(forged.status()).toBe(403);
  expect((await page.request.post("/api/webhooks/polar", { data: body, headers })).status()).toBe(
    202,
  );
  await expect
    .poll(async () => (await (await page.request.get("/api/me/entitlements")).json()).plan)
    .toBe("pro");
  await page.goto("/studio");
  await expect(page).toHaveURL(/\/studio$/);
});

test("codes are made and counted; SVG needs the feature", async ({ page }) => {
  await signIn(page);
  const make = (data: object) => page.request.post("/api/qr", { data, headers: { origin } });
  const png = await make({ text: "https://example.com" });
  expect(png.status()).toBe(200);
  expect(png.headers()["content-type"]).toBe("image/png");
  expect(png.headers()["x-codes-remaining"]).toBe("49");
  expect((await make({ text: "x", format: "svg" })).status()).toBe(403);
  expect((await make({ text: "" })).status()).toBe(422);
  expect((await make({ text: "x", colour: "red" })).status()).toBe(422);
  expect((await page.request.get("/api/qr")).status()).toBe(405);
});

test("bad requests get a fitting answer", async ({ page, request }) => {
  expect((await request.post("/api/checkout", { form: { product: "pro-monthly" } })).status()).toBe(
    403,
  );
  expect(
    (
      await request.post("/api/checkout", { form: { product: "pro-monthly" }, headers: { origin } })
    ).status(),
  ).toBe(401);
  expect((await request.get("/api/me/entitlements")).status()).toBe(401);
  expect((await request.post("/api/webhooks/polar", { data: "{" })).status()).toBe(403);
  expect(
    (await request.post("/api/webhooks/polar", { data: "x".repeat(1_100_000) })).status(),
  ).toBe(413);
  await signIn(page);
  const unknown = await page.request.post("/api/checkout", {
    form: { product: "nothing" },
    headers: { origin },
  });
  expect(unknown.status()).toBe(404);
  const cross = await page.request.post("/api/checkout", {
    form: { product: "pro-monthly" },
    headers: { origin: "https://evil.example" },
  });
  expect(cross.status()).toBe(403);
});

for (const path of ["/", "/pricing", "/sign-in", "/sign-in/check-email"]) {
  test(`${path} runs under its policy and is accessible`, async ({ page }) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    const response = await page.goto(path);
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy.split(";").find((part) => part.trim().startsWith("script-src"))).not.toContain(
      "unsafe-inline",
    );
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test("a missing page runs under its policy", async ({ page }) => {
  const blocked: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) blocked.push(message.text());
  });
  expect((await page.goto("/nothing-here"))?.status()).toBe(404);
  await page.waitForLoadState("networkidle");
  expect(blocked).toEqual([]);
});

for (const path of ["/dashboard", "/usage", "/billing", "/settings"]) {
  test(`${path} is for signed-in people, and accessible`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await signIn(page);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
