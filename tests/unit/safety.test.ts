import { randomBytes } from "node:crypto";
import { getTableColumns, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { authCookies } from "@/lib/auth/cookies";
import { safeReturnPath } from "@/lib/auth/return-path";
import { attributionOf, readAttribution, writeAttribution } from "@/lib/billing/attribution";
import { formatMoney } from "@/lib/billing/money";
import { EnvError, parseEnv } from "@/lib/env";
import { isSameOrigin } from "@/lib/http/same-origin";
import { figures } from "@/lib/observability/metrics/figures";
import { scrub } from "@/lib/observability/scrub";
import { inlineScriptHashes } from "@/lib/security/csp";

test.each([
  ["/billing?error=x#top", "/billing?error=x#top"],
  ["https://evil.example/", "/dashboard"],
  ["//evil.example", "/dashboard"],
  ["/\\evil.example", "/dashboard"],
  ["/.//evil.example", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  [undefined, "/dashboard"],
])("safeReturnPath(%s) stays on this site", (given, expected) => {
  expect(safeReturnPath(given)).toBe(expected);
});

test("apps with secrets of their own have cookies of their own over http, and next-auth's over https", () => {
  const names = (secret: string) =>
    Object.values(authCookies("http://localhost:3000", secret)).map(({ name }) => name);
  expect(names("one secret")).toHaveLength(6);
  expect(new Set([...names("one secret"), ...names("another secret")]).size).toBe(12);
  expect(names("one secret")).toEqual(names("one secret"));
  expect(names("one secret").join()).not.toContain("secret");
  expect(authCookies("https://app.example", "one secret")).toEqual({});
});

test("log lines lose e-mail addresses, tokens, secrets and passwords", () => {
  const line = scrub(
    '{"to":"ada@example.com","a":"polar_oat_0123456789","b":"whsec_abcdefghij","u":"postgres://u:p@h/d","l":"/x?email=ada%40example.com&token=abc.def","h":"Bearer abc.def"}',
  );
  for (const secret of ["ada", "0123456789", "abcdefghij", "u:p", "abc.def"])
    expect(line).not.toContain(secret);
});

test("each kind of token is taken out, and no column or metric is taken for one", () => {
  const random = randomBytes(24).toString("base64url");
  for (const kind of [
    "oat",
    "pat",
    "cst",
    "mst",
    "whs",
    "ci",
    "cs",
    "c",
    "at_u",
    "rt_o",
    "ac",
    "new_kind",
  ])
    for (const secret of [`${"a".repeat(20)}7`, `7${"a".repeat(20)}`, random])
      expect(scrub(`{"x":"polar_${kind}_${secret}"}`), kind).toBe('{"x":"[secret]"}');
  expect(scrub(`polar_oat_${"a".repeat(20)}`)).toBe("[secret]");
  expect(scrub(`nsk_0123456789abcdef_${random}`)).toBe("nsk_0123456789abcdef_[secret]");
  const tables = Object.values(schema).filter((each) => is(each, PgTable));
  const columns = tables.flatMap((table) =>
    Object.values(getTableColumns(table)).map(({ name }) => name),
  );
  expect(columns).toContain("polar_organization_id");
  for (const name of [...columns, ...figures.map(({ name }) => name)])
    expect(scrub(`select "${name}" from x where ${name} = $1`)).toContain(`"${name}"`);
});

test("a missing or malformed variable is named, and its value is not", () => {
  const read = () =>
    parseEnv({
      APP_URL: "nonsense",
      POLAR_ENVIRONMENT: "local",
      AUTH_SECRET: "short-secret-value",
      DIRECT_DATABASE_URL: "mysql://someone@db.example/x",
      WORKER_POOL_SIZE: "1",
    });
  expect(read).toThrow(EnvError);
  expect(read).toThrow(
    /APP_URL is malformed[\s\S]* DATABASE_URL is missing[\s\S]*DIRECT_DATABASE_URL is malformed[\s\S]*AUTH_SECRET is too short/,
  );
  expect(read).toThrow(/WORKER_POOL_SIZE must be at least 2/);
  expect(read).not.toThrow(/short-secret-value|someone@/);
});

test("a mutation needs the page's own origin", () => {
  const ask = (headers: Record<string, string>, method = "POST") =>
    isSameOrigin({ method, headers: new Headers(headers) }, "https://app.example");
  expect(ask({ origin: "https://app.example" })).toBe(true);
  expect(ask({ "sec-fetch-site": "same-origin" })).toBe(true);
  expect(ask({ origin: "https://evil.example", "sec-fetch-site": "same-origin" })).toBe(false);
  expect(ask({ origin: "null" })).toBe(false);
  expect(ask({})).toBe(false);
  expect(ask({ origin: "https://evil.example" }, "GET")).toBe(true);
});

test("attribution keeps plain words and drops what could be personal", () => {
  const found = attributionOf(
    new URLSearchParams("utm_source=hn&campaign=a%40b.example&referrer=news.site"),
  );
  expect(found).toEqual({ source: "hn", campaign: undefined, referrer: "news.site" });
  expect(readAttribution(writeAttribution(found ?? {}))).toEqual({
    source: "hn",
    campaign: undefined,
    referrer: "news.site",
  });
  expect(attributionOf(new URLSearchParams("source=<script>"))).toBeNull();
});

test("money is shown in its currency's own units", () => {
  expect(formatMoney(1900, "usd")).toBe("$19");
  expect(formatMoney(1950, "usd")).toBe("$19.50");
  expect(formatMoney(1900, "jpy")).toBe("¥1,900");
});

test("only inline scripts are hashed", () => {
  expect(inlineScriptHashes('<script src="/a.js"></script><script>alert(1)</script>')).toEqual([
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
  ]);
});
