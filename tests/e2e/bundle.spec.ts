import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { signIn } from "./sign-in";

const bundle = resolve(import.meta.dirname, "../../.next/static");

const secrets = [
  process.env.AUTH_SECRET,
  process.env.DATABASE_URL,
  process.env.POLAR_ACCESS_TOKEN,
  process.env.POLAR_WEBHOOK_SECRET,
].filter((value) => value !== undefined);

/** What only the server has: its variables, and code that reads or writes secrets. */
const marks = [
  "POLAR_ACCESS_TOKEN",
  "POLAR_WEBHOOK_SECRET",
  "AUTH_SECRET",
  "DATABASE_URL",
  "SMTP_URL",
  "polar_oat_",
  "whsec_",
  "api.polar.sh",
  "PolarNetworkError",
  "Polar-Version",
  "graphile_worker",
  "drizzle:",
  "nodemailer",
];

const files = () =>
  readdirSync(bundle, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(js|css|json|map)$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(bundle, file), "utf8") }));

test("what the browser loads holds no secret and nothing of the server's", () => {
  const found = files();
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter(({ file }) => file.endsWith(".map"))).toEqual([]);
  for (const { file, text } of found)
    for (const word of [...secrets, ...marks])
      expect(text.includes(word), `${word} in ${file}`).toBe(false);
});

test("what signed-in pages send holds no secret and no session token", async ({
  page,
  context,
}) => {
  await signIn(page);
  const session = (await context.cookies()).find(({ name }) => name.includes("session-token"));
  expect(session?.value).toBeTruthy();
  for (const path of ["/", "/pricing", "/dashboard", "/usage", "/billing", "/keys", "/settings"]) {
    const text = await (await page.request.get(path)).text();
    for (const word of [...secrets, session?.value ?? "", "polar_oat_", "whsec_"])
      expect(text.includes(word), `a secret in ${path}`).toBe(false);
  }
  for (const path of ["/api/me/entitlements", "/api/auth/session"]) {
    const text = await (await page.request.get(path)).text();
    expect(text).not.toContain(session?.value ?? "");
  }
});
