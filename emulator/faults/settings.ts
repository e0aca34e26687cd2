import { invalidRequest } from "../http/errors.ts";
import {
  boolean,
  type Infer,
  integer,
  isRecord,
  number,
  object,
  oneOf,
  parse,
  string,
  withDefault,
} from "../http/schema.ts";

/** What an API call meets instead of its answer, and in words. */
export const API_FAULTS = {
  error_500: "500, nothing done",
  error_502: "502, nothing done",
  error_503: "503, nothing done",
  rate_limit: "429 with Retry-After, nothing done",
  reset_before_work: "connection reset, nothing done",
  reset_before_answer: "connection reset after the work was done, before any answer",
  reset: "connection reset in the middle of the answer",
  hang: "the work is done, the answer never comes",
} as const;
export type ApiFault = keyof typeof API_FAULTS;

const API_FAULT_NAMES = Object.keys(API_FAULTS) as ApiFault[];

/** Calls a minute that Polar grants an organization. */
export const RATE_LIMITS = { production: 500, sandbox: 100 } as const;

const share = withDefault(number({ min: 0, max: 1 }), 0);
const millis = withDefault(integer({ min: 0, max: 600_000 }), 0);

const api = object({
  /** What goes wrong; null for nothing. */
  fault: withDefault<ApiFault | null>(oneOf(...API_FAULT_NAMES), null),
  /** For how many more calls; null for all of them. */
  remaining: withDefault<number | null>(integer({ min: 0 }), null),
  /** For which share of the calls, from 0 to 1. */
  share: withDefault(number({ min: 0, max: 1 }), 1),
  /** Only calls of paths that begin so meet it. */
  path: withDefault(string(), "/v1"),
  /** What the fault "rate_limit" tells to wait, in seconds. */
  retry_after: withDefault(integer({ min: 0 }), 1),
  /** Extra time before each answer, in milliseconds. */
  latency_ms: withDefault(integer({ min: 0, max: 60_000 }), 0),
  /** Up to so much more, drawn for each call, in milliseconds. */
  latency_jitter_ms: withDefault(integer({ min: 0, max: 60_000 }), 0),
  /** Polar's own limit of calls a minute, as in production or in the sandbox; null for none. */
  limit: withDefault<keyof typeof RATE_LIMITS | null>(oneOf("production", "sandbox"), null),
});

const webhooks = object({
  /** Nothing is sent while this is on; it is sent afterwards. */
  hold: withDefault(boolean(), false),
  /** For how many more deliveries Polar believes to have delivered what was never sent. */
  drop: withDefault(integer({ min: 0 }), 0),
  /** The share of deliveries lost in the same way. */
  drop_share: share,
  /** The share of deliveries that are sent twice. */
  duplicate: share,
  /** By how many milliseconds every event is late. */
  delay_ms: millis,
  /** Events are sent in any order, up to this many milliseconds late. */
  shuffle_ms: millis,
  /** The share of attempts that arrive but count as unanswered, so that they come again. */
  timeout: share,
  /** The share of attempts with a signature that is wrong; their retries are drawn anew. */
  bad_signature: share,
  /** The share of attempts with a timestamp of ten minutes ago, rightly signed. */
  old_timestamp: share,
  /** The share of events that are joined by one of a type that nobody knows. */
  unknown_type: share,
  /** The share of events in which a known field has a value that nobody knows. */
  unknown_enum: share,
  /** The share of events with a field that nobody knows. */
  unknown_field: share,
});

export type WebhookFaults = Infer<typeof webhooks>;

/** Faults that strike a share of events or of attempts. */
export type Share = {
  [Name in keyof WebhookFaults]: Name extends "hold" | "drop" | "delay_ms" | "shuffle_ms"
    ? never
    : Name;
}[keyof WebhookFaults];

const settings = object({
  /** What the shares are drawn by. */
  seed: withDefault(integer({ min: 0 }), 1),
  api: withDefault(api, api.read({}, [], [])),
  webhooks: withDefault(webhooks, webhooks.read({}, [], [])),
});

/** What goes wrong. Shares are from 0 to 1. */
export type FaultSettings = Infer<typeof settings>;

/** The settings without any fault. */
export function quiet(): FaultSettings {
  return parse(settings, {});
}

/** Names that stand for no setting; a fault that is misspelt must not pass for one that is on. */
function unknownNames(value: unknown, known: object, loc: string[]): string[][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const match = Object.entries(known).find(([each]) => each === name);
    if (!match) return [[...loc, name]];
    return isRecord(match[1]) ? unknownNames(inner, match[1], [...loc, name]) : [];
  });
}

/** Reads settings; what is left out is without fault. @throws ApiError 422 with what is wrong. */
export function readFaults(value: unknown): FaultSettings {
  const read = parse(settings, value ?? {});
  const unknown = unknownNames(value, read, ["body"]);
  if (unknown.length > 0)
    throw invalidRequest(
      unknown.map((loc) => ({
        type: "extra_forbidden",
        loc,
        msg: "Extra inputs are not permitted",
        input: null,
      })),
    );
  return { ...read, api: { ...read.api }, webhooks: { ...read.webhooks } };
}
