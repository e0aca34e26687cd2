import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { reportBrowserError } from "@/lib/observability/errors/browser";
import { reportError, reportErrorsTo } from "@/lib/observability/errors/report";
import { openErrorSink } from "@/lib/observability/errors/sentry";
import { withRequestId } from "@/lib/observability/logger";
import { startTelemetry } from "@/lib/observability/telemetry";
import { anyPort } from "@/scripts/local/ports";
import { type HttpSink, startHttpSink } from "../support/http-sink";
import { dsnOf, errorsIn } from "../support/sentry";
import { envelope, signed } from "../support/webhooks";
import { launchWorker } from "../support/worker-process";
import { ownWorld, type World } from "../support/world";

let world: World;
let sink: HttpSink;
let flush: () => Promise<void>;

beforeAll(async () => {
  world = await ownWorld();
});
afterAll(async () => {
  await world.close();
  await closeDb();
});
beforeEach(async () => {
  sink = await startHttpSink();
  const opened = openErrorSink(dsnOf(sink), "local");
  reportErrorsTo(opened.sink);
  flush = opened.flush;
});
afterEach(() => sink.close());

/** Errors of as many kinds: each is thrown somewhere else. */
const errorsOfKinds = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    Object.assign(new Error("Broken"), { stack: `Error: Broken\n    at place${at} (file.ts:1:1)` }),
  );

test("an error comes with its causes, where it was thrown and what led to it, without addresses and secrets", async () => {
  const token = `polar_oat_${randomUUID()}`;
  const cause = new Error(`refused ${token}`);
  withRequestId("request-7", () =>
    reportError(new TypeError("No mail to ada@example.com", { cause }), { path: "/billing" }),
  );
  await flush();
  const [error] = errorsIn(sink);
  expect(error).toMatchObject({
    environment: "local",
    tags: { request_id: "request-7", path: "/billing" },
  });
  expect(error?.exception.values.map(({ type, value }) => [type, value])).toEqual([
    ["Error", "refused [secret]"],
    ["TypeError", "No mail to [email]"],
  ]);
  expect(error?.exception.values[1]?.stacktrace?.frames.length).toBeGreaterThan(3);
  expect(sink.taken[0]?.path).toContain("sentry_key=key");
  for (const word of ["ada@", token]) expect(sink.taken[0]?.body).not.toContain(word);
});

test("a storm of one error is told five times, and one of all kinds sixty", async () => {
  for (let at = 0; at < 100; at++) reportError(new Error(`Number ${at} is broken`));
  await flush();
  expect(errorsIn(sink)).toHaveLength(5);
  for (const error of errorsOfKinds(100)) {
    reportError(error);
    await flush();
  }
  expect(errorsIn(sink)).toHaveLength(60);
});

test("a receiver that asks to be left alone is", async () => {
  Object.assign(sink.answer, { status: 429, headers: { "retry-after": "60" } });
  const [first, ...others] = errorsOfKinds(5);
  reportError(first);
  await flush();
  for (const error of others) reportError(error);
  await flush();
  expect(sink.taken).toHaveLength(1);
});

test("a receiver that hangs holds up nobody, and at most twenty wait for it", async () => {
  sink.hold();
  for (const error of errorsOfKinds(50)) reportError(error);
  await expect.poll(() => sink.taken.length).toBe(20);
  sink.free();
  await flush();
  expect(sink.taken).toHaveLength(20);
});

test("a receiver that is away, and one that fails, change nothing", async () => {
  const away = openErrorSink(dsnOf({ port: await anyPort() }), "local");
  away.sink(new Error("Lost"), {});
  await away.flush();
  sink.answer.status = 500;
  reportError(new Error("Refused"));
  await flush();
  expect(sink.taken).toHaveLength(1);
});

test("a webhook is told of when it is given up, not before", async () => {
  const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
  const body = envelope("order.paid", { id: "no order" });
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  const stored = eq(webhookInbox.webhookId, receipt.id);
  await applyWebhook(receipt.id);
  await flush();
  expect(errorsIn(sink)).toEqual([]);
  await db().update(webhookInbox).set({ attempts: 9 }).where(stored);
  await applyWebhook(receipt.id);
  await flush();
  expect(errorsIn(sink).map(({ tags }) => tags)).toEqual([
    { event_type: "order.paid", webhook_id: receipt.id },
  ]);
});

test("what a page tells of is told on, without its query; nonsense is refused, and too much let go", async () => {
  const error = {
    name: "TypeError",
    message: "x is undefined",
    stack: "",
    path: "/usage?code=abc",
  };
  for (const wrong of ["", "null", "{}", JSON.stringify({ ...error, path: "https://else.where" })])
    expect(reportBrowserError(wrong)).toBe(false);
  expect(reportBrowserError(JSON.stringify({ ...error, stack: "a".repeat(9000) }))).toBe(false);
  for (let at = 0; at < 10; at++) expect(reportBrowserError(JSON.stringify(error))).toBe(true);
  await flush();
  expect(errorsIn(sink).map(({ tags }) => tags)).toEqual(
    Array.from({ length: 3 }, () => ({ where: "browser", path: "/usage" })),
  );
});

test("a worker tells of a job that has failed for the last time, and of what ends it", async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  const job = (identifier: string, attempts: number) =>
    db().execute(sql`select graphile_worker.add_job(${identifier}::text,
      payload => '{"emailId": "no id"}'::json, max_attempts => ${attempts}::int)`);
  const throwing = `process.on("SIGUSR2", () => { throw new Error("Nobody caught ada@example.com") })`;
  const { child, output } = await launchWorker({
    ...process.env,
    SENTRY_DSN: dsnOf(sink),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(throwing)}`,
  });
  await job("send_email", 25);
  await expect.poll(() => output().match(/"Job failed"/g)?.length).toBe(1);
  await job("send_email", 1);
  await expect.poll(() => output().match(/"Job failed"/g)?.length).toBe(2);
  await expect.poll(() => errorsIn(sink).map(({ tags }) => tags.job)).toEqual(["send_email"]);
  const ended = once(child, "exit");
  child.kill("SIGUSR2");
  expect(await ended).toEqual([1, null]);
  expect(errorsIn(sink).at(-1)?.exception.values[0]?.value).toBe("Nobody caught [email]");
  expect(output()).toContain("The process ends: an error was not caught");
  expect(output()).not.toContain("ada@");
});

test("without SENTRY_DSN nobody is told", async () => {
  const before = { ...globalThis } as { northstarErrors?: unknown };
  Reflect.deleteProperty(globalThis, "northstarErrors");
  expect(before.northstarErrors).toBeDefined();
  await startTelemetry();
  reportError(new Error("Unseen"));
  expect("northstarErrors" in globalThis).toBe(false);
});
