import "server-only";
import { createStackParser, createTransport, linkedErrorsIntegration, Scope } from "@sentry/core";
import { nodeStackLineParser, ServerRuntimeClient } from "@sentry/core/server";
import { logger } from "../logger";
import { scrub } from "../scrub";
import { seldom } from "../seldom";
import type { ErrorSink, ErrorTags } from "./report";
import { stormLimit } from "./storm";

const answerMs = 5_000;
/** How many may be on their way at once; what is more is dropped. */
const mostAtOnce = 20;
const perMinute = { each: 5, all: 60 };

const complain = seldom((error: unknown) =>
  logger.warn({ err: error }, "Errors could not be reported"),
);

/** Sends one envelope. What a 429 says of how long to wait is kept to by the transport around it. */
async function send(url: string, body: string | Uint8Array, onAnswer: (status: number) => void) {
  try {
    const response = await fetch(url, {
      method: "POST",
      // A copy, for the types' sake: one of what may be shared is not a body.
      body: typeof body === "string" ? body : Uint8Array.from(body),
      headers: { "content-type": "application/x-sentry-envelope" },
      redirect: "error",
      signal: AbortSignal.timeout(answerMs),
    });
    await response.arrayBuffer();
    onAnswer(response.status);
    if (!response.ok) complain(new Error(`The receiver of errors answered ${response.status}.`));
    return {
      statusCode: response.status,
      headers: {
        "retry-after": response.headers.get("retry-after"),
        "x-sentry-rate-limits": response.headers.get("x-sentry-rate-limits"),
      },
    };
  } catch (error) {
    complain(error);
    throw error;
  }
}

function scopeOf({ trace_id, span_id, ...tags }: ErrorTags): Scope {
  const scope = new Scope();
  scope.setTags({ ...tags, trace_id });
  if (trace_id && span_id)
    scope.setContext("trace", { trace_id: String(trace_id), span_id: String(span_id) });
  return scope;
}

/**
 * Begins to report errors to a receiver that speaks Sentry's protocol, without what the log leaves out: at most 60 a minute,
 * five of one kind, 20 at once.
 *
 * @param onAnswer told of each status that the receiver answers.
 * @returns the sink, and what waits until all are sent.
 */
export function openErrorSink(
  dsn: string,
  environment: string,
  onAnswer: (status: number) => void = () => {},
): { sink: ErrorSink; flush: () => Promise<void> } {
  const client = new ServerRuntimeClient({
    dsn,
    environment,
    platform: "node",
    runtime: { name: "node", version: process.version },
    stackParser: createStackParser(nodeStackLineParser()),
    integrations: [linkedErrorsIntegration()],
    sendClientReports: false,
    transport: (options) =>
      createTransport({ ...options, bufferSize: mostAtOnce }, ({ body }) =>
        send(options.url, body, onAnswer),
      ),
    beforeSend: (event) => JSON.parse(scrub(JSON.stringify(event))),
  });
  client.init();
  const isLetThrough = stormLimit(perMinute);
  return {
    sink(error, tags) {
      if (!isLetThrough(error)) return;
      client.captureException(error, { originalException: error }, scopeOf(tags));
    },
    async flush() {
      await client.flush(answerMs);
    },
  };
}
