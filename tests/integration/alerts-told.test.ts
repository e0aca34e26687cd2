import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { alerts } from "@/db/schema";
import { evaluateAlerts } from "@/lib/alerts/evaluate";
import { settleAlert } from "@/lib/alerts/settle";
import { enqueue } from "@/lib/jobs/enqueue";
import { startWorker } from "@/lib/jobs/worker";
import { ids, openKeys, watchedWorld, webhooks } from "../support/alerts";
import { startSmtp } from "../support/smtp";

type Delivery = { path: string; headers: IncomingHttpHeaders; body: string };

/** A receiver of alerts over HTTP. The next so many deliveries it answers 500. */
async function startListener() {
  const deliveries: Delivery[] = [];
  const state = { failing: 0 };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const fails = state.failing-- > 0;
    if (!fails) deliveries.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(fails ? 500 : 200).end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { deliveries, state, url, close: () => server.close() };
}

const secret = "a secret of alerts' own";
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let listener: Awaited<ReturnType<typeof startListener>>;
// Before the world, which reads the environment.
beforeAll(async () => {
  smtp = await startSmtp();
  listener = await startListener();
  Object.assign(process.env, {
    SMTP_URL: smtp.url,
    ADMIN_EMAILS: "ada@example.com, grace@example.com",
    ALERT_SLACK_URL: `${listener.url}/slack`,
    ALERT_WEBHOOK_URL: `${listener.url}/webhook`,
    ALERT_WEBHOOK_SECRET: secret,
  });
});
afterAll(() => {
  smtp.close();
  listener.close();
});
watchedWorld();

async function waitingJobs(): Promise<number> {
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from graphile_worker.jobs
      where task_identifier in ('send_alert', 'send_email')`,
  );
  return row?.n ?? 0;
}
/** Waits until everybody is told, without the pauses between attempts. */
async function hurry(): Promise<void> {
  await expect
    .poll(async () => {
      await db().execute(sql`update graphile_worker._private_jobs set run_at = now()
        where attempts > 0 and locked_at is null and run_at > now()`);
      return await waitingJobs();
    })
    .toBe(0);
}

test("opening and resolving are told once each, to every receiver, however often and wherever it is looked at", async () => {
  const worker = await startWorker();
  const dead = await webhooks(1, { status: "failed" });
  await enqueue(db(), "evaluate_alerts", {});
  await expect.poll(openKeys).toEqual(["dead_webhooks"]);
  await dead();
  await evaluateAlerts();
  await hurry();
  smtp.recipients.length = 0;
  listener.deliveries.length = 0;
  listener.state.failing = 1;
  const finding = { severity: "critical", summary: "Nothing is applied." } as const;
  await Promise.all(ids(8).map(() => settleAlert("test", async () => finding)));
  await settleAlert("test", async () => ({ ...finding, summary: "Still nothing is applied." }));
  await hurry();
  await Promise.all(ids(4).map(() => settleAlert("test", async () => null)));
  await hurry();
  expect(smtp.recipients.toSorted()).toEqual([
    "ada@example.com",
    "ada@example.com",
    "grace@example.com",
    "grace@example.com",
  ]);
  const at = (path: string) => listener.deliveries.filter((one) => one.path === path);
  const texts = at("/slack").map(({ body }) => JSON.parse(body).text);
  expect(texts.toSorted()).toEqual([
    expect.stringMatching(/^\[critical\] (Still n|N)othing is applied\.$/),
    "[resolved] Still nothing is applied.",
  ]);
  const events = at("/webhook").map(({ body, headers }) => {
    const stamp = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const mac = createHmac("sha256", secret).update(stamp).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${mac}`);
    return [JSON.parse(body).type, String(headers["webhook-id"])];
  });
  expect(events.map(([type]) => type).toSorted()).toEqual(["alert.opened", "alert.resolved"]);
  expect(new Set(events.map(([, id]) => id)).size).toBe(2);
  const rows = await db().select().from(alerts).where(eq(alerts.key, "test"));
  expect(rows).toHaveLength(1);
  await settleAlert("test", async () => finding);
  expect(await db().select().from(alerts).where(eq(alerts.key, "test"))).toHaveLength(2);
  await settleAlert("test", async () => null);
  await worker.stop();
});
