import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { settleAlert } from "@/lib/alerts/settle";
import { openErrorSink } from "@/lib/observability/errors/sentry";
import { askApp, type Check, type Doctor, hasCron } from "./doctor";
import { type Finding, fail, ok, together, warn } from "./finding";

async function testError(dsn: string, environment: string): Promise<Finding> {
  const statuses: number[] = [];
  const { sink, flush } = openErrorSink(dsn, environment, (status) => statuses.push(status));
  sink(new Error("A test of error monitoring, asked for by npm run doctor."), {});
  await flush();
  const [status] = statuses;
  return status !== undefined && status < 300
    ? ok("The receiver took a test error.")
    : fail(
        status === undefined
          ? "The receiver of errors did not answer."
          : `The receiver of errors answered ${status} to a test error.`,
        "Correct SENTRY_DSN.",
      );
}

export const errorMonitoring: Check = async ({ env, send }) => {
  const { SENTRY_DSN, POLAR_ENVIRONMENT } = env;
  if (!SENTRY_DSN)
    return fail(
      "Nobody is told of errors that nobody expected: SENTRY_DSN is not set.",
      "Set SENTRY_DSN to the DSN of Sentry, or of what speaks its protocol.",
    );
  const { username, pathname } = new URL(SENTRY_DSN);
  if (!username || !/\/\d+$/.test(pathname))
    return fail(
      "SENTRY_DSN is no DSN: it has a key and a project's number.",
      "Correct SENTRY_DSN.",
    );
  return send
    ? await testError(SENTRY_DSN, POLAR_ENVIRONMENT)
    : ok("SENTRY_DSN is set. With --send a test error is sent.");
};

export const logging: Check = ({ env: { LOG_LEVEL } }) => {
  const said = `LOG_LEVEL is ${LOG_LEVEL}.`;
  const todo = "Set LOG_LEVEL=info, or leave it empty.";
  if (LOG_LEVEL === "silent") return fail(`${said} Nothing is logged.`, todo);
  if (LOG_LEVEL === "error" || LOG_LEVEL === "warn")
    return warn(`${said} Checkouts, orders and what leads up to an error are not logged.`, todo);
  if (LOG_LEVEL === "debug") return warn(`${said} Each call to Polar is logged.`, todo);
  return ok(`${said} The log is lines of JSON on standard output.`);
};

export const metrics: Check = async (doctor) => {
  const { METRICS_TOKEN } = doctor.env;
  if (!METRICS_TOKEN)
    return fail(
      "There are no metrics: METRICS_TOKEN is not set.",
      "Make it by `openssl rand -hex 32`, for the app and for Prometheus.",
    );
  const path = "/api/metrics";
  const [open, closed] = await Promise.all([
    askApp(doctor, path, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }),
    askApp(doctor, path),
  ]);
  if (closed.status !== 401)
    return fail(
      `${path} answers ${closed.status} to whoever has no token, instead of 401.`,
      "Give the app that runs METRICS_TOKEN.",
    );
  return open.status === 200
    ? ok(`${path} answers with METRICS_TOKEN, and 401 without it.`)
    : fail(
        `${path} answers ${open.status} to METRICS_TOKEN.`,
        "Give the app that runs this METRICS_TOKEN.",
      );
};

const lateMinutes = 15;

/** Alerts are evaluated by the clock of a worker; one that has just begun has not come to it yet. */
async function evaluation({ env, stands }: Doctor): Promise<Finding[]> {
  if (hasCron(env)) return [ok("The host's cron has them evaluated, as the line of jobs tells.")];
  if (!(await stands("database"))) return [];
  const [cron] = await db().execute<{ minutes: string }>(sql`
    select extract(epoch from now() - coalesce(last_execution, known_since)) / 60 as minutes
    from graphile_worker._private_known_crontabs where identifier = 'evaluate_alerts'`);
  const todo = "Run a worker: WORKER=on, or `npm run worker`.";
  if (!cron) return [fail("Alerts have never been evaluated.", todo)];
  const minutes = Math.floor(Number(cron.minutes));
  return minutes > lateMinutes
    ? [fail(`Alerts were evaluated last ${minutes} minutes ago.`, todo)]
    : [ok("Alerts are evaluated every five minutes.")];
}

const testAlert = "A test of alerts, asked for by npm run doctor.";

export const alerting: Check = async (doctor) => {
  const { ADMIN_EMAILS, ALERT_SLACK_URL, ALERT_WEBHOOK_URL } = doctor.env;
  const receivers = [
    ...(ADMIN_EMAILS.length > 0 ? [`ADMIN_EMAILS (${ADMIN_EMAILS.length})`] : []),
    ...(ALERT_SLACK_URL ? ["ALERT_SLACK_URL"] : []),
    ...(ALERT_WEBHOOK_URL ? ["ALERT_WEBHOOK_URL"] : []),
  ];
  if (receivers.length === 0)
    return fail(
      "Nobody is told of alerts.",
      "Set ADMIN_EMAILS, ALERT_SLACK_URL or ALERT_WEBHOOK_URL.",
    );
  const told = ok(`Alerts go to ${receivers.join(", ")}.`);
  if (!doctor.send) return together([told, ...(await evaluation(doctor))]);
  await settleAlert("doctor", async () => ({ severity: "warning", summary: testAlert }));
  await settleAlert("doctor", async () => null);
  const sent = ok("A test alert was opened and is over: see that it has come, twice.");
  return together([told, sent, ...(await evaluation(doctor))]);
};
