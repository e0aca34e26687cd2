import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "../world.ts";
import { ApiError, polarError } from "./errors.ts";

/** An answer, ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Answers one request, or throws an `ApiError`. */
export type Answerer = (request: IncomingMessage, url: URL) => Promise<Answer>;

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  if (body === undefined) return { status, headers, body: "" };
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

function failure(error: unknown): Answer {
  if (error instanceof ApiError) return json(error.status, error.body, error.headers);
  console.error("local polar: a request failed", error);
  return json(500, { error: "InternalServerError", detail: "The local Polar has a fault." });
}

function send(response: ServerResponse, answer: Answer, cutOff: boolean): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": body.length });
  if (!cutOff) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

async function withFaults(
  world: World,
  path: string,
  work: () => Promise<Answer>,
): Promise<{ answer: Answer; cutOff: boolean }> {
  const { latency_ms, retry_after } = world.faults.settings.api;
  if (latency_ms > 0) await wait(latency_ms);
  const fault = world.faults.takeApiFault(path);
  if (fault === "error_500")
    throw polarError(500, "InternalServerError", "An internal server error occurred.");
  if (fault === "error_503") throw polarError(503, "ServiceUnavailable", "Service unavailable.");
  if (fault === "rate_limit")
    throw new ApiError(
      429,
      { error: "RateLimitExceeded", detail: "Too many requests." },
      { "retry-after": String(retry_after) },
    );
  return { answer: await work(), cutOff: fault === "reset" };
}

/**
 * An HTTP server in front of `answer`, with the faults that are switched on for the API. Its `Date` is
 * the simulated one, as clients order what they read by it.
 */
export function createHttpServer(world: World, answer: Answerer): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", world.publicUrl);
    response.sendDate = false;
    const isApi = url.pathname.startsWith("/v1/");
    const work = () => answer(request, url);
    const done = isApi
      ? withFaults(world, url.pathname, work)
      : work().then((found) => ({ answer: found, cutOff: false }));
    done
      .catch((error: unknown) => ({ answer: failure(error), cutOff: false }))
      .then(({ answer: found, cutOff }) => {
        response.setHeader("date", new Date(world.clock.micros() / 1000).toUTCString());
        send(response, found, cutOff);
      })
      .catch((error: unknown) => {
        console.error("local polar: an answer could not be sent", error);
        response.destroy();
      });
  });
}
