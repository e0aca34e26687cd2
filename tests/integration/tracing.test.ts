import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { SpanKind } from "@opentelemetry/api";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { checkoutIntents, webhookInbox } from "@/db/schema";
import { applyInbox } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { enqueue } from "@/lib/jobs/enqueue";
import { flushTelemetry, hasTelemetry, startTelemetry } from "@/lib/observability/telemetry";
import { currentTraceparent, isTracing, traced } from "@/lib/observability/tracing/span";
import { polar } from "@/lib/polar";
import { anyPort } from "@/scripts/local/ports";
import { type HttpSink, startHttpSink } from "../support/http-sink";
import { spansIn } from "../support/otlp";
import { person } from "../support/people";
import { envelope, order, signed } from "../support/webhooks";
import { launchWorker } from "../support/worker-process";
import { ownWorld, type World } from "../support/world";

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
let world: World;
let sink: HttpSink;

beforeAll(async () => {
  world = await ownWorld();
  sink = await startHttpSink();
});
afterAll(async () => {
  sink.close();
  await world.close();
  await closeDb();
});

async function receive(checkoutId: string) {
  const body = envelope("order.paid", order((await person()).id, { checkout_id: checkoutId }));
  const receipt = await receiveWebhook(body, new Headers(signed(body, secret)));
  if (receipt.status !== "stored") throw new Error(receipt.status);
  return receipt;
}

/** A checkout that was begun within a trace, so many hours ago. */
async function checkoutOf(hoursAgo: number) {
  const polarCheckoutId = randomUUID();
  const traceparent = await traced("begins", {}, async () => currentTraceparent());
  await db()
    .insert(checkoutIntents)
    .values({
      workspaceId: randomUUID(),
      product: "pro-monthly",
      polarCheckoutId,
      metadata: {},
      traceparent,
      createdAt: new Date(Date.now() - hoursAgo * 3_600_000),
    });
  return { polarCheckoutId, traceId: traceIdOf(traceparent) };
}

const traceIdOf = (traceparent: string | null | undefined) => traceparent?.split("-")[1];
const spansNamed = (name: string) => spansIn(sink).filter((span) => span.name === name);

test("without an address to send them to there are no traces", async () => {
  await startTelemetry();
  expect([isTracing(), hasTelemetry()]).toEqual([false, false]);
  expect((await receive((await checkoutOf(0)).polarCheckoutId)).traceparent).toBeNull();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${sink.port}`;
  await startTelemetry();
  expect([isTracing(), hasTelemetry()]).toEqual([true, true]);
});

test("a webhook goes on the trace of the checkout that it tells of, if that was begun within a day", async () => {
  const young = await checkoutOf(24);
  const receipt = await receive(young.polarCheckoutId);
  expect(traceIdOf(receipt.traceparent)).toBe(young.traceId);
  const old = await checkoutOf(26);
  expect(traceIdOf((await receive(old.polarCheckoutId)).traceparent)).not.toBe(old.traceId);
  expect((await receive(randomUUID())).traceparent).not.toBeNull();

  // Whoever applies it has only what is stored.
  await applyInbox();
  await flushTelemetry();
  const applied = spansNamed("apply order.paid").filter(({ traceId }) => traceId === young.traceId);
  expect(applied.map(({ attributes }) => attributes)).toEqual([
    { "polar.webhook_id": receipt.id, "polar.event": "order.paid", "polar.outcome": "applied" },
  ]);
});

test("a webhook that fails is a failed span, and the others go on", async () => {
  const { id } = await receive(randomUUID());
  await db().update(webhookInbox).set({ body: "nothing" }).where(eq(webhookInbox.webhookId, id));
  await applyInbox();
  await flushTelemetry();
  const [failed] = spansNamed("apply order.paid").filter(
    ({ attributes }) => attributes["polar.webhook_id"] === id,
  );
  expect(failed).toMatchObject({ attributes: { "polar.outcome": "failed" }, status: { code: 2 } });
});

test("a call to Polar is a span without ids; what throws within one leaves neither address nor secret", async () => {
  const id = randomUUID();
  await expect(polar().customers.getExternal(id)).rejects.toThrow();
  const secretWords = `ada@example.com polar_oat_${randomUUID()}`;
  const failing = traced(
    "GET /sign-in/confirm?token=abc",
    {
      kind: SpanKind.SERVER,
      attributes: { "http.target": "/api/auth/callback/email?token=abc&email=ada%40example.com" },
    },
    async () => {
      throw new Error(`No ${secretWords}`);
    },
  );
  await expect(failing).rejects.toThrow(secretWords);
  await flushTelemetry();
  expect(spansNamed("GET /v1/customers/external/{id}").map(({ attributes }) => attributes)).toEqual(
    [
      {
        "http.request.method": "GET",
        "url.template": "/v1/customers/external/{id}",
        "server.address": "127.0.0.1",
        "http.request.resend_count": 0,
        "http.response.status_code": 404,
        "error.type": "404",
      },
    ],
  );
  expect(spansNamed("GET /sign-in/confirm")).toHaveLength(1);
  const sent = sink.taken.map(({ body }) => body).join();
  expect(sent).toContain("No [email] [secret]");
  for (const word of [id, "token=", "ada@", "ada%40", "polar_oat_"])
    expect(sent).not.toContain(word);
});

test("a worker's job goes on the trace that asked for it; one of long ago is linked to it instead", async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  const asked = await traced("asks", {}, async () => {
    await enqueue(db(), "abandon_checkouts", {}, { key: "now" });
    await enqueue(db(), "archive_usage", {}, { key: "long ago" });
    return traceIdOf(currentTraceparent());
  });
  await db().execute(sql`update graphile_worker._private_jobs
    set created_at = now() - interval '2 hours' where key = 'long ago'`);
  const { child, output } = await launchWorker({ ...process.env, LOG_LEVEL: "debug" });
  await expect.poll(() => output().match(/"Job done"/g)?.length ?? 0).toBeGreaterThanOrEqual(3);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  // Sent as it ended.
  expect(spansNamed("job abandon_checkouts").map(({ traceId }) => traceId)).toEqual([asked]);
  const [late] = spansNamed("job archive_usage");
  expect(late?.traceId).not.toBe(asked);
  expect(late?.links.map(({ traceId }) => traceId)).toEqual([asked]);
  const line = output().match(/^.*"job":"abandon_checkouts".*"Job done".*$/m)?.[0] ?? "{}";
  expect(JSON.parse(line).trace_id).toBe(asked);
});

test("a receiver that hangs holds up neither the work nor the end", async () => {
  sink.hold();
  const { traceparent, id } = await receive(randomUUID());
  expect(traceparent).not.toBeNull();
  await applyInbox();
  const [stored] = await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, id));
  expect(stored?.status).toBe("applied");
  const started = performance.now();
  await flushTelemetry();
  expect(performance.now() - started).toBeLessThan(5_000);
  sink.free();
});

test("a worker whose receiver is away works and ends as always", async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  const away = `http://127.0.0.1:${await anyPort()}`;
  const { id } = await receive(randomUUID());
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: away };
  const { child } = await launchWorker(env);
  const status = async () =>
    (await db().select().from(webhookInbox).where(eq(webhookInbox.webhookId, id)))[0]?.status;
  await expect.poll(status).toBe("applied");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
