import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { scrub } from "./scrub";
import { noteOnSpan, spanFields } from "./tracing/span";

const context = new AsyncLocalStorage<{ requestId: string }>();

const secretFields = [
  "token",
  "secret",
  "password",
  "authorization",
  "cookie",
  "email",
  "recipient",
  "access_token",
  "sessionToken",
];

/**
 * The process's log: JSON lines on standard output. Every line carries the request id of the request or
 * job that it belongs to, and the ids of the span, where there are traces; secrets and e-mail addresses are taken out of the finished line, wherever in
 * it they stand.
 */
export const logger = pino({
  level: process.env.LOG_LEVEL || "info",
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  // A copy: pino writes each line's own fields into it, and they would be on all that follow.
  mixin: () => ({ ...context.getStore(), ...spanFields() }),
  redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: "[secret]" },
  serializers: { err: pino.stdSerializers.err },
  formatters: { level: (label) => ({ level: label }) },
  hooks: { streamWrite: scrub },
});

/** Runs `work` so that every log line within carries `requestId`; the span that runs has it too. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  noteOnSpan({ request_id: requestId });
  return context.run({ requestId }, work);
}

/** The id of the request or job that runs now, if one does. */
export function currentRequestId(): string | undefined {
  return context.getStore()?.requestId;
}

/** An error's stack with those of its causes, for a field of a log line. */
export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? pino.stdSerializers.err(error).stack : undefined;
}
