import "server-only";
import { z } from "zod";

const emptyIsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = z.preprocess(emptyIsUnset, z.string().optional());
const required = (how: string) =>
  z.preprocess(emptyIsUnset, z.string({ error: `is missing: ${how}` }));
const url = (how: string, protocols: RegExp) =>
  z.preprocess(
    emptyIsUnset,
    z.url({
      error: (issue) => `${issue.input ? "is malformed" : "is missing"}: ${how}`,
      protocol: protocols,
    }),
  );
const receiver = z.preprocess(
  emptyIsUnset,
  z.url({ error: "is malformed: an http or https address", protocol: /^https?$/ }).optional(),
);
const list = z.preprocess(emptyIsUnset, z.string().default("")).transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);

const schema = z
  .object({
    APP_URL: url("the address people open, such as https://app.example.com", /^https?$/).transform(
      (value) => new URL(value).origin,
    ),
    DATABASE_URL: url(
      "a PostgreSQL address, such as postgres://user:password@host:5432/name",
      /^postgres(ql)?$/,
    ),
    DIRECT_DATABASE_URL: z.preprocess(
      emptyIsUnset,
      z
        .url({
          error: "is malformed: the PostgreSQL of DATABASE_URL, past its pooler",
          protocol: /^postgres(ql)?$/,
        })
        .optional(),
    ),
    AUTH_SECRET: required("32 random bytes; `openssl rand -base64 32` makes them").pipe(
      z.string().min(32, "is too short: use at least 32 characters, `openssl rand -base64 32`"),
    ),
    AUTH_GITHUB_ID: optional,
    AUTH_GITHUB_SECRET: optional,
    AUTH_GOOGLE_ID: optional,
    AUTH_GOOGLE_SECRET: optional,
    SMTP_URL: url("the mail server, such as smtp://user:password@host:587", /^smtps?$/),
    EMAIL_FROM: required('the sender, such as "Northstar <hello@example.com>"'),
    MAILBOX_URL: z.preprocess(
      emptyIsUnset,
      z
        .url({ error: "is malformed: the local mailbox's address", protocol: /^https?$/ })
        .optional(),
    ),
    POLAR_ENVIRONMENT: z.preprocess(
      emptyIsUnset,
      z.enum(["local", "sandbox", "production"], {
        error: "must be local, sandbox or production",
      }),
    ),
    POLAR_API_URL: z.preprocess(
      emptyIsUnset,
      z.url({ error: "is malformed: the local Polar's address", protocol: /^https?$/ }).optional(),
    ),
    POLAR_ACCESS_TOKEN: required(
      "an organization access token, made in Polar under Settings → General → Developers",
    ),
    POLAR_CALLS_PER_MINUTE: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a number of calls" }).int().min(20).optional(),
    ),
    POLAR_WEBHOOK_SECRET: list.refine((secrets) => secrets.length > 0, {
      error:
        "is missing: `npm run polar:sync -- --apply` makes the webhook endpoint and prints its secret",
    }),
    ADMIN_EMAILS: list,
    ALERT_SLACK_URL: receiver,
    ALERT_WEBHOOK_URL: receiver,
    ALERT_WEBHOOK_SECRET: optional,
    METRICS_TOKEN: optional.pipe(
      z.string().min(16, "is too short: `openssl rand -hex 32` makes one").optional(),
    ),
    METRICS_HOST: z.preprocess(emptyIsUnset, z.string().default("127.0.0.1")),
    METRICS_PORT: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a port" }).int().min(1).max(65_535).optional(),
    ),
    SENTRY_DSN: receiver,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver,
    OTEL_TRACES_SAMPLER_ARG: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a part of 1" }).min(0).max(1).default(1),
    ),
    REDIS_URL: z.preprocess(
      emptyIsUnset,
      z
        .string()
        .regex(/^rediss?:\/\//, "must start with redis:// or rediss://")
        .optional(),
    ),
    BILLING_GRACE_DAYS: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a number of days" }).int().min(0).max(60).default(7),
    ),
    USAGE_RETENTION_MONTHS: z.preprocess(
      emptyIsUnset,
      z.coerce
        .number({ error: "must be a number of months" })
        .int()
        .min(13, "must be at least 13: longer than any meter window")
        .max(1200)
        .default(24),
    ),
    WORKER: z.preprocess(
      emptyIsUnset,
      z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
    ),
    CRON_SECRET: optional.pipe(
      z.string().min(16, "is too short: `openssl rand -hex 32` makes one").optional(),
    ),
    CRON_SECONDS: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a number of seconds" }).int().min(1).max(600).default(50),
    ),
    DATABASE_POOL_SIZE: z.preprocess(
      emptyIsUnset,
      z.coerce
        .number({ error: "must be a number of connections" })
        .int()
        .min(1)
        .max(500)
        .default(10),
    ),
    WORKER_CONCURRENCY: z.preprocess(
      emptyIsUnset,
      z.coerce.number({ error: "must be a number of jobs" }).int().min(1).max(100).default(4),
    ),
    WORKER_POOL_SIZE: z.preprocess(
      emptyIsUnset,
      z.coerce
        .number({ error: "must be a number of connections" })
        .int()
        .min(2, "must be at least 2: one of them listens")
        .max(500)
        .default(5),
    ),
    LOG_LEVEL: z.preprocess(
      emptyIsUnset,
      z
        .enum(["debug", "info", "warn", "error", "silent"], {
          error: "must be debug, info, warn, error or silent",
        })
        .default("info"),
    ),
  })
  .superRefine((value, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (value.POLAR_ENVIRONMENT === "local" && !value.POLAR_API_URL) {
      complain("POLAR_API_URL", "is missing: the local Polar's address; `npm run dev` sets it");
    }
    if (value.POLAR_ENVIRONMENT !== "local" && value.POLAR_API_URL) {
      complain("POLAR_API_URL", "is for POLAR_ENVIRONMENT=local alone: remove it");
    }
    if (value.POLAR_ENVIRONMENT !== "local" && value.MAILBOX_URL) {
      complain("MAILBOX_URL", "is for POLAR_ENVIRONMENT=local alone: remove it");
    }
    if (value.ALERT_WEBHOOK_URL && !value.ALERT_WEBHOOK_SECRET) {
      complain("ALERT_WEBHOOK_SECRET", "is missing: it signs what ALERT_WEBHOOK_URL is sent");
    }
    if (value.METRICS_PORT && !value.METRICS_TOKEN) {
      complain("METRICS_TOKEN", "is missing: METRICS_PORT serves metrics to whoever sends it");
    }
    for (const provider of ["GITHUB", "GOOGLE"] as const) {
      if (!value[`AUTH_${provider}_ID`] !== !value[`AUTH_${provider}_SECRET`]) {
        complain(`AUTH_${provider}_ID`, `goes with AUTH_${provider}_SECRET: set both or neither`);
      }
    }
  });

export type Env = z.infer<typeof schema>;

/** What is wrong with the environment, a line a variable. The message names no value. */
export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads and checks `source` (see .env.example for every variable).
 *
 * @throws {EnvError} naming each variable that is missing or malformed, and how to get it.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new EnvError(`The environment is not complete (see .env.example):\n${lines.join("\n")}`);
}

/**
 * The addresses of ADMIN_EMAILS, in small letters, read anew each time: nobody stays an admin by a session that began
 * when they were one.
 */
export function adminEmails(): string[] {
  return list.parse(process.env.ADMIN_EMAILS).map((email) => email.toLowerCase());
}

let parsed: Env | undefined;

/** The process's environment, checked once, at first use: `next build` needs none of it. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
