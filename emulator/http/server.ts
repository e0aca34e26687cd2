import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Outcome, withFaults } from "../faults/calls.ts";
import type { World } from "../world.ts";
import { ApiError } from "./errors.ts";

/** An answer, ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
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

function send(response: ServerResponse, { answer, ending }: Outcome): void {
  if (ending === "never") return;
  if (answer === null || ending === "none") {
    response.destroy();
    return;
  }
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, { ...answer.headers, "content-length": body.length });
  if (ending === "whole") {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

const BAD_ADDRESS = { error: "BadRequest", detail: "The address cannot be read." };

/** The address asked for; null when it is none, such as one with a bare percent sign. */
function addressOf(request: IncomingMessage, base: string): URL | null {
  const path = request.url ?? "/";
  if (!path.startsWith("/") || !URL.canParse(base + path)) return null;
  try {
    decodeURIComponent(path);
    return new URL(base + path);
  } catch {
    return null;
  }
}

/** Longer than a client holds an idle connection: one that is closed just as a request comes in is an error to it. */
const keepAliveMs = 75_000;

/**
 * An HTTP server in front of `answer`, with the faults that are switched on for the API. Its `Date` is
 * the simulated one, as clients order what they read by it.
 */
export function createHttpServer(world: World, answer: Answerer): Server {
  return createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    response.sendDate = false;
    const url = addressOf(request, world.publicUrl);
    if (!url) {
      send(response, { answer: json(400, BAD_ADDRESS), ending: "whole" });
      return;
    }
    const isApi = url.pathname.startsWith("/v1/");
    const work = () => answer(request, url);
    const done: Promise<Outcome> = isApi
      ? withFaults(world, request.method ?? "GET", url.pathname, work)
      : work().then((found) => ({ answer: found, ending: "whole" }));
    done
      .catch((error: unknown): Outcome => ({ answer: failure(error), ending: "whole" }))
      .then((outcome) => {
        response.setHeader("date", new Date(world.clock.micros() / 1000).toUTCString());
        send(response, outcome);
      })
      .catch((error: unknown) => {
        console.error("local polar: an answer could not be sent", error);
        response.destroy();
      });
  });
}
