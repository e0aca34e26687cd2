import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { PolarNetworkError } from "@polar-sh/sdk";
import { createPolarCore, type PolarCore, type PolarOptions } from "@polar-sh/sdk/2026-10";
import { logger } from "@/lib/observability/logger";
import { metrics } from "@/lib/observability/metrics/process";
import { ownTurn } from "./budget";
import { callSpan } from "./call-span";
import { endpointOf } from "./endpoint";

const maxAttempts = 3;
const longestWaitMs = 10_000;

/** POST paths that may be repeated: events carry their own `external_id`, by which Polar counts each once. */
const repeatablePosts = [/\/v1\/events\/ingest\/?$/];

const observation = new AsyncLocalStorage<{ at: string | null; answeredAt: string }>();

/**
 * Runs a call and tells a moment by Polar's clock, ISO 8601 UTC, at which or after which Polar read what it
 * answered: the last response's `Date`, which has whole seconds and is stamped after the read, less the
 * time that the call took. It orders snapshots against those of webhooks; earlier than the read by the
 * call's duration and a second at most, it never puts a stale answer before a newer webhook. `answeredAt` is the
 * other end, at which or before which Polar did what was asked.
 */
export async function observed<T>(
  read: () => Promise<T>,
): Promise<{ value: T; observedAt: string; answeredAt: string }> {
  const seen: { at: string | null; answeredAt: string } = { at: null, answeredAt: "" };
  const value = await observation.run(seen, read);
  if (!seen.at) throw new Error("Polar's answer carried no Date header.");
  return { value, observedAt: seen.at, answeredAt: seen.answeredAt };
}

function isRepeatable(method: string, url: string, response: Response | null): boolean {
  if (method === "GET") return true;
  // The outbox makes all workers wait.
  if (response?.status === 429) return false;
  return method === "POST" && repeatablePosts.some((path) => path.test(new URL(url).pathname));
}

/**
 * The answer with its body, which a connection may break off in or a timeout end. The SDK reads it after its own
 * handling of such errors.
 *
 * @throws {PolarNetworkError} when no whole answer came.
 */
async function wholeAnswer(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  try {
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  } catch (error) {
    throw new PolarNetworkError(error instanceof Error ? error.message : String(error));
  }
}

/** What Retry-After asks for, in milliseconds: it is written in seconds or as a date. */
function retryAfter(response: Response | null): number | null {
  const text = response?.headers.get("retry-after");
  if (!text) return null;
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return asked > 0 ? asked : null;
}

/** Milliseconds to wait before the next attempt, or null when there must be none. */
function pauseBefore(attempt: number, response: Response | null): number | null {
  if (response && response.status !== 429 && response.status < 500) return null;
  const backOff = 250 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  const pause = retryAfter(response) ?? backOff;
  return pause > longestWaitMs ? null : pause;
}

/**
 * The SDK's core with what it lacks: bounded retries with back-off that honour Retry-After, for reads and
 * idempotent writes only, the budget of background work, and the moment of the answer. A longer
 * Retry-After than ten seconds is not waited for: the caller gets the 429.
 */
export function createTransport(options: PolarOptions): PolarCore {
  const core = createPolarCore(options);
  const send = core.sendRequest.bind(core);
  core.sendRequest = async (request, requestOptions) => {
    const [url, init] = request;
    const method = init.method ?? "GET";
    const { pathname, hostname } = new URL(url);
    const call = `${method} ${pathname}`;
    const endpoint = endpointOf(method, pathname);
    for (let attempt = 1; ; attempt++) {
      await ownTurn();
      const started = performance.now();
      let response: Response | null = null;
      let failure: unknown;
      try {
        response = await callSpan(endpoint, hostname, attempt, () =>
          wholeAnswer(send(request, requestOptions)),
        );
      } catch (error) {
        failure = error;
      }
      const ms = Math.ceil(performance.now() - started);
      const status = response?.status ?? "network";
      metrics().apiCalls.inc({ endpoint, status });
      logger.debug({ endpoint: call, status, attempt, ms }, "Polar call");
      const pause = pauseBefore(attempt, response);
      const again = pause !== null && attempt < maxAttempts && isRepeatable(method, url, response);
      if (!again) {
        if (!response) throw failure;
        const seen = observation.getStore();
        const date = response.headers.get("date");
        if (seen && date) {
          seen.at = new Date(Date.parse(date) - ms).toISOString();
          // Whole seconds: up to 999 ms may be cut off.
          seen.answeredAt = new Date(Date.parse(date) + 999).toISOString();
        }
        return response;
      }
      metrics().apiRetries.inc({ endpoint });
      logger.warn({ endpoint: call, status, attempt, pause }, "Polar call is repeated");
      await wait(pause);
    }
  };
  return core;
}
