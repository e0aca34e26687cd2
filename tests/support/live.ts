import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { closeDb } from "@/db/client";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { answerBy } from "@/lib/doctor/answers";
import type { Report } from "@/lib/doctor/examine";
import { questions } from "@/lib/doctor/questions";
import { type JobEngine, startWorker } from "@/lib/jobs/worker";
import { polar } from "@/lib/polar";
import { startDns } from "./dns";
import { startHttpSink } from "./http-sink";
import { lead, onTheWay } from "./led";
import { startLiveApp } from "./live-app";
import { dsnOf } from "./sentry";
import { startSmtp } from "./smtp";
import { ownWorld } from "./world";

const domain = "northstar-of-the-tests.com";
const appUrl = `https://app.${domain}`;

async function open() {
  const world = await ownWorld();
  const app = await startLiveApp(appUrl);
  const smtp = await startSmtp();
  const errors = await startHttpSink();
  const records = new Map([
    [domain, "v=spf1 -all"],
    [`_dmarc.${domain}`, "v=DMARC1; p=reject"],
  ]);
  const dns = await startDns(records);
  for (const name of ["POLAR_API_URL", "MAILBOX_URL", "CRON_SECRET"])
    Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, {
    LED_TO: JSON.stringify({ "https://api.polar.sh": world.polar.url, [appUrl]: app.url }),
    LED_DNS: dns.address,
    POLAR_ENVIRONMENT: "production",
    APP_URL: appUrl,
    SMTP_URL: smtp.url,
    EMAIL_FROM: `Northstar <hello@${domain}>`,
    ADMIN_EMAILS: `ada@${domain}`,
    METRICS_TOKEN: randomBytes(16).toString("hex"),
    SENTRY_DSN: dsnOf(errors),
    LOG_LEVEL: "info",
  });
  lead();
  await assertEnvironment();
  await assertOrganization();
  await syncCatalog(true);
  const [endpoint] = (await polar().webhooks.listWebhookEndpoints()).items;
  await world.call("PUT", `/_emulator/webhooks/endpoints/${endpoint?.id}`, {
    encoding: "standard",
    secret: process.env.POLAR_WEBHOOK_SECRET,
  });
  for (const line of Object.keys(questions)) await answerBy(line, "Ada Lovelace", "on the wiki");
  const worker: JobEngine = await startWorker();
  return { world, app, smtp, errors, records, dns, worker };
}

/**
 * An app that is live, with everything right: in production as far as it knows, with a Polar, a mail server, a name
 * server and a receiver of errors of the test's, and a worker.
 */
export function liveApp() {
  let live: Awaited<ReturnType<typeof open>> | undefined;
  beforeAll(async () => {
    live = await open();
  });
  afterAll(async () => {
    onTheWay.change = null;
    await live?.worker.stop();
    for (const part of ["app", "smtp", "errors", "dns"] as const) live?.[part].close();
    await live?.world.close();
    await closeDb();
  });
  return () => {
    if (!live) throw new Error("It is live before the first test, not earlier.");
    return live;
  };
}

/** The lines that are not right, with their verdicts. */
export const wrong = ({ lines: found }: Report) =>
  Object.fromEntries(
    found.filter(({ verdict }) => verdict !== "ok").map(({ id, verdict }) => [id, verdict]),
  );

/** What a line of a report has found. */
export const foundOf = (report: Report, id: string) =>
  report.lines.find((line) => line.id === id)?.found ?? "";
