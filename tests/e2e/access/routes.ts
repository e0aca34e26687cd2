import type { Expected } from "./pages";

/** What each person is answered: a status, and where a redirect leads. */
type Call = {
  method: "GET" | "POST";
  data?: unknown;
  form?: Record<string, string>;
  expected: Record<keyof Expected, number | RegExp>;
};
const same = (answer: number) => ({ anonymous: answer, stranger: answer, owner: answer });
export const routes: Record<string, Call> = {
  "/api/account/delete": {
    method: "POST",
    form: { email: "somebody-else@example.com" },
    expected: { anonymous: 401, stranger: 422, owner: 422 },
  },
  "/api/account/export": {
    method: "GET",
    expected: { anonymous: 401, stranger: 200, owner: 200 },
  },
  // To whoever is no admin it is an address like any other that there is not (admin.spec.ts).
  "/api/admin/doctor": { method: "POST", form: { line: "support" }, expected: same(404) },
  "/api/admin/inbox/replay": { method: "POST", form: { age: "any" }, expected: same(404) },
  "/api/admin/jobs": { method: "POST", form: { id: "1", action: "delete" }, expected: same(404) },
  "/api/admin/reconcile": { method: "POST", form: {}, expected: same(404) },
  "/api/[...path]": { method: "GET", expected: same(404) },
  "/api/auth/[...nextauth]": { method: "GET", expected: same(200) },
  // Elsewhere than with the local Polar it is not there (tests/integration/email-templates.test.ts).
  "/api/dev/emails": { method: "GET", expected: same(200) },
  "/api/errors": { method: "POST", data: { name: "not all" }, expected: same(400) },
  "/api/cron/[job]": { method: "GET", expected: same(401) },
  "/api/health/live": { method: "GET", expected: same(200) },
  "/api/health/ready": { method: "GET", expected: same(200) },
  "/api/me/entitlements": {
    method: "GET",
    expected: { anonymous: 401, stranger: 200, owner: 200 },
  },
  "/api/metrics": { method: "GET", expected: same(401) },
  "/api/portal": {
    method: "GET",
    expected: {
      anonymous: /^\/sign-in/,
      stranger: /\/portal\?customer_session_token=/,
      owner: /\/portal\?customer_session_token=/,
    },
  },
  "/api/checkout": {
    method: "POST",
    form: { product: "pro-monthly" },
    expected: { anonymous: 401, stranger: /\/checkout\/polar_c_/, owner: 409 },
  },
  "/api/billing/refresh": {
    method: "POST",
    form: {},
    expected: { anonymous: 401, stranger: /^\/billing$/, owner: /^\/billing$/ },
  },
  "/api/subscription": {
    method: "POST",
    form: { action: "pause", seen: "another state" },
    expected: { anonymous: 401, stranger: 409, owner: 409 },
  },
  "/api/keys": {
    method: "POST",
    data: { name: "Mine", scopes: ["qr:write"], days: 30 },
    expected: { anonymous: 401, stranger: 201, owner: 201 },
  },
  "/api/keys/revoke": {
    method: "POST",
    form: { id: "another's" },
    expected: { anonymous: 401, stranger: 404, owner: 404 },
  },
  // A session opens nothing here: only a key does (api.spec.ts).
  "/api/v1/qr": { method: "POST", data: { text: "x" }, expected: same(401) },
  "/api/v1/usage": { method: "GET", expected: same(401) },
  "/api/v1/[...path]": { method: "GET", expected: same(404) },
  "/api/v1/openapi.json": { method: "GET", expected: same(200) },
  "/api/qr": {
    method: "POST",
    data: { text: "https://example.com", format: "svg" },
    expected: { anonymous: 401, stranger: 403, owner: 200 },
  },
  "/api/usage/export": { method: "GET", expected: { anonymous: 401, stranger: 200, owner: 200 } },
  "/api/usage/spending-cap": {
    method: "POST",
    form: { amount: "20" },
    expected: {
      anonymous: 401,
      stranger: /^\/usage\?cap=set#spending-cap$/,
      owner: /^\/usage\?cap=set#spending-cap$/,
    },
  },
  "/api/webhooks/polar": { method: "POST", data: { type: "order.paid" }, expected: same(403) },
};
