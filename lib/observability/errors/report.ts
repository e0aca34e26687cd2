import "server-only";
import { currentRequestId } from "../logger";
import { spanFields } from "../tracing/span";

/** Words by which errors are found: never an address or anything else of a person. */
export type ErrorTags = Record<string, string | number | undefined>;
export type ErrorSink = (error: unknown, tags: ErrorTags) => void;

/** One for the process: Next bundles the server's start apart from its routes, each with modules of its own. */
const holder = globalThis as typeof globalThis & { northstarErrors?: ErrorSink };

/** From now on errors are reported to `sink`, too. */
export function reportErrorsTo(sink: ErrorSink): void {
  holder.northstarErrors = sink;
}

/**
 * Tells whoever watches errors of one that nobody has expected; nobody without SENTRY_DSN. It carries the ids of the
 * request and of the trace that it happened in. Writing it to the log is the caller's.
 */
export function reportError(error: unknown, tags: ErrorTags = {}): void {
  holder.northstarErrors?.(error, {
    request_id: currentRequestId(),
    ...spanFields(),
    ...tags,
  });
}
