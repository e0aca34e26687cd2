import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { doctorAnswers, webhookInbox } from "@/db/schema";
import { answerBy } from "@/lib/doctor/answers";
import { examine, type Report } from "@/lib/doctor/examine";
import { questions } from "@/lib/doctor/questions";
import { type models, polar } from "@/lib/polar";
import { onTheWay } from "../support/led";
import { foundOf, liveApp, wrong } from "../support/live";
import { errorsIn } from "../support/sentry";

const live = liveApp();

const nineteen =
  `environment sandbox-tested production-tokens webhook-endpoint signature-verification
  error-monitoring logging metrics alerting database-indexes rate-limiting portal email refund-policy support
  team-trained documentation compliance acceptable-use`.split(/\s+/);
const beyond = ["catalog", "jobs", "clock", "headers", "backups"];

/** How many rows each table holds, but for those in which a worker notes that it lives. */
async function rowCounts(): Promise<Record<string, string>> {
  const rows = await db().execute<{ name: string; n: string }>(sql`
    select c.relname as name,
      (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || c.oid::regclass, false, true, '')))[1]::text as n
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname not in ('workers', 'rate_limits')`);
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

let endpoint: models.WebhookEndpoint;
beforeAll(async () => {
  const [found] = (await polar().webhooks.listWebhookEndpoints()).items;
  if (!found) throw new Error("There is no webhook endpoint.");
  endpoint = found;
});

let undo: (() => unknown) | undefined;
afterEach(async () => {
  await undo?.();
  undo = undefined;
  onTheWay.change = null;
  live().app.instead.clear();
  expect(wrong(await examine())).toEqual({});
});

test("with everything right each line of the checklist is, and looking changes nothing", async () => {
  const before = await rowCounts();
  const report = await examine();
  expect(wrong(report)).toEqual({});
  expect(report.lines.map(({ id }) => id)).toEqual([...nineteen, ...beyond]);
  expect(report.mayGoLive).toBe(true);
  expect(await rowCounts()).toEqual(before);
  expect(live().errors.taken).toEqual([]);
});

type Undo = () => unknown;
type Break = () => Promise<Undo> | Undo | undefined;

const hook = "/api/webhooks/polar";
type Instead = Parameters<ReturnType<typeof live>["app"]["instead"]["set"]>[1];
const instead = (path: string, answer: Instead) => () => {
  live().app.instead.set(path, answer);
  return undefined;
};

const patch = (path: string, change: object) => live().world.call("PATCH", path, change);
const ofEndpoint = (change: object, back: object) => async () => {
  await patch(`/v1/webhooks/endpoints/${endpoint.id}`, change);
  return () => patch(`/v1/webhooks/endpoints/${endpoint.id}`, back);
};

const run = (query: string) => db().execute(sql.raw(query));
const queries = (change: string, back: string) => async () => {
  await run(change);
  return () => run(back);
};

/** Polar answers so, whatever it is asked at such a path. */
const answered = (path: RegExp, status: number) => () => {
  onTheWay.change = (request) =>
    path.test(request.url) ? Response.json({ detail: "no" }, { status }) : request;
  return undefined;
};

const stamp = (environment: string) =>
  `update environment_stamp set polar_environment = '${environment}'`;
const forgotten =
  (line: string): Break =>
  async () => {
    await db().delete(doctorAnswers).where(eq(doctorAnswers.line, line));
    return () => answerBy(line, "Ada Lovelace");
  };

const breaks: [what: string, line: string, breakIt: Break, verdict?: string][] = [
  ["a sandbox's database", "environment", queries(stamp("sandbox"), stamp("production"))],
  ["a scope that the token lacks", "production-tokens", answered(/\/v1\/refunds/, 403)],
  ["a disabled endpoint", "webhook-endpoint", ofEndpoint({ enabled: false }, { enabled: true })],
  [
    "an endpoint that leads elsewhere",
    "webhook-endpoint",
    () => ofEndpoint({ url: "https://elsewhere.example" }, { url: endpoint.url })(),
  ],
  [
    "an event that Polar does not tell",
    "webhook-endpoint",
    () => ofEndpoint({ events: endpoint.events.slice(1) }, { events: endpoint.events })(),
  ],
  [
    "another API version",
    "webhook-endpoint",
    ofEndpoint({ api_version: "2026-04" }, { api_version: "2026-10" }),
  ],
  [
    "a route of webhooks that redirects",
    "webhook-endpoint",
    instead(hook, (usual) =>
      usual.status === 202 ? Response.redirect("https://elsewhere.example", 307) : usual,
    ),
  ],
  [
    "webhooks that are stored in another database",
    "webhook-endpoint",
    instead(hook, async (usual, request) => {
      const id = request.headers.get("webhook-id") ?? "";
      await db().delete(webhookInbox).where(eq(webhookInbox.webhookId, id));
      return usual;
    }),
  ],
  [
    "a route of webhooks that believes everybody",
    "signature-verification",
    instead(hook, () => new Response(null, { status: 202 })),
  ],
  [
    "another secret at Polar",
    "signature-verification",
    async () => {
      const path = `/_emulator/webhooks/endpoints/${endpoint.id}`;
      const secretOf = (secret: string) =>
        live().world.call("PUT", path, { encoding: "standard", secret });
      await secretOf(`whsec_${randomBytes(24).toString("base64")}`);
      return () => secretOf(endpoint.secret);
    },
  ],
  ["metrics for everybody", "metrics", instead("/api/metrics", () => new Response("all of them"))],
  [
    "an app that runs with another METRICS_TOKEN",
    "metrics",
    instead("/api/metrics", () => new Response(null, { status: 401 })),
  ],
  [
    "a migration that was not applied",
    "database-indexes",
    queries(
      `create table applied as select * from drizzle.__drizzle_migrations;
       delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`,
      `insert into drizzle.__drizzle_migrations select * from applied
         where id not in (select id from drizzle.__drizzle_migrations);
       drop table applied`,
    ),
  ],
  [
    "an invalid index",
    "database-indexes",
    queries(
      "update pg_index set indisvalid = false where indexrelid = 'alerts_open_idx'::regclass",
      "update pg_index set indisvalid = true where indexrelid = 'alerts_open_idx'::regclass",
    ),
  ],
  [
    "an index that somebody has renamed",
    "database-indexes",
    queries(
      "alter index rate_limits_expire_idx rename to mine",
      "alter index mine rename to rate_limits_expire_idx",
    ),
  ],
  [
    "a store of rate limits that is gone",
    "rate-limiting",
    queries(
      "alter table rate_limits rename to no_limits",
      "alter table no_limits rename to rate_limits",
    ),
  ],
  ["a token that opens no portal", "portal", answered(/customer-sessions/, 403)],
  [
    "a sender's domain without SPF",
    "email",
    () => {
      const [[domain = "", record = ""] = []] = live().records;
      live().records.delete(domain);
      return () => live().records.set(domain, record);
    },
    "warn",
  ],
  [
    "a product that is not the catalog's",
    "catalog",
    async () => {
      const [product] = (await polar().products.list({ limit: 1, is_archived: false })).items;
      await patch(`/v1/products/${product?.id}`, { name: "Something else" });
      return () => patch(`/v1/products/${product?.id}`, { name: product?.name });
    },
  ],
  [
    "a page without its policy",
    "headers",
    instead("/", (usual) => {
      usual.headers.delete("content-security-policy");
      return usual;
    }),
  ],
  [
    "a cookie that scripts can read",
    "headers",
    instead(
      "/api/auth/csrf",
      () => new Response(null, { headers: { "set-cookie": "a=b; Secure" } }),
    ),
  ],
  [
    "a restore of long ago",
    "backups",
    queries(
      "update doctor_answers set answered_at = now() - interval '91 days' where line = 'backups'",
      "update doctor_answers set answered_at = now() where line = 'backups'",
    ),
    "warn",
  ],
  ...Object.keys(questions).map((line): (typeof breaks)[number] => [
    "no answer",
    line,
    forgotten(line),
    "ask",
  ]),
];

test.each(breaks)(
  "%s is seen at the line %s, and at no other",
  async (_, line, breakIt, verdict) => {
    undo = await breakIt();
    const report = await examine();
    expect(wrong(report)).toEqual({ [line]: verdict ?? "fail" });
    expect(report.mayGoLive).toBe(verdict === "warn");
    expect(report.lines.find(({ id }) => id === line)?.todo).toBeTruthy();
  },
);

const settings: [name: string, value: string, line: string, verdict?: string][] = [
  ["AUTH_SECRET", "northstar".repeat(5), "environment"],
  ["SENTRY_DSN", "", "error-monitoring"],
  ["SENTRY_DSN", "https://sentry.example", "error-monitoring"],
  ["LOG_LEVEL", "silent", "logging"],
  ["LOG_LEVEL", "debug", "logging", "warn"],
  ["LOG_LEVEL", "warn", "logging", "warn"],
  ["METRICS_TOKEN", "", "metrics"],
  ["ADMIN_EMAILS", "", "alerting"],
  ["REDIS_URL", "redis://127.0.0.1:1", "rate-limiting"],
  ["SMTP_URL", "smtp://127.0.0.1:1", "email"],
  ["EMAIL_FROM", "Northstar <hello@northstar.example>", "email"],
  ["EMAIL_FROM", "Northstar", "email"],
];

test.each(settings)(
  "%s=%s is seen at the line %s, and at no other",
  async (name, value, line, verdict) => {
    const report = await examine({ source: { ...process.env, [name]: value } });
    expect(wrong(report)).toEqual({ [line]: verdict ?? "fail" });
  },
);

/** The lines that were not looked at because of another. */
const unchecked = ({ lines: found }: Report) =>
  found.flatMap(({ id, found: said }) => (said.startsWith("Not checked") ? [id] : []));

test("what does not answer fails at its own line; what leans on it is not checked", async () => {
  onTheWay.change = (request) => {
    if (!request.url.startsWith(live().world.polar.url)) return request;
    const changed = new Request(request);
    changed.headers.set("authorization", "Bearer polar_oat_anothers");
    return changed;
  };
  const refused = await examine();
  expect(unchecked(refused)).toEqual(["portal", "catalog"]);
  expect(wrong(refused)).toEqual({ "production-tokens": "fail", portal: "warn", catalog: "warn" });
  expect(foundOf(refused, "production-tokens")).toContain("refuses POLAR_ACCESS_TOKEN");

  onTheWay.change = (request) =>
    request.url.startsWith(live().world.polar.url) ? Response.json({}, { status: 503 }) : request;
  const away = await examine();
  expect(wrong(away)).toEqual({ "production-tokens": "fail", portal: "warn", catalog: "warn" });

  onTheWay.change = (request) =>
    request.url.startsWith(live().app.url) ? new Response(null, { status: 502 }) : request;
  const gone = await examine();
  expect(unchecked(gone)).toEqual(["signature-verification", "metrics", "headers"]);
  expect(wrong(gone)).toEqual({
    "webhook-endpoint": "fail",
    "signature-verification": "warn",
    metrics: "warn",
    headers: "warn",
  });
});

test("a page of the app's answers for a person", async () => {
  await db().delete(doctorAnswers).where(eq(doctorAnswers.line, "support"));
  live().app.instead.set("/support", () => new Response());
  expect(wrong(await examine())).toEqual({});
  await answerBy("support", "Ada Lovelace");
});

test("only when asked to, a test error and a test alert are sent", async () => {
  const { errors, smtp } = live();
  expect(wrong(await examine({ send: true }))).toEqual({});
  expect(errorsIn(errors)).toMatchObject([
    {
      environment: "production",
      exception: { values: [{ value: expect.stringContaining("test") }] },
    },
  ]);
  await expect.poll(() => smtp.recipients).toHaveLength(2);
  errors.answer.status = 403;
  expect(wrong(await examine({ send: true }))).toEqual({ "error-monitoring": "fail" });
  errors.answer.status = 200;
});
