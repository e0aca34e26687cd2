import "server-only";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { answerScrape } from "./answer";

/** Answers one request; what fails is our fault, and said. */
async function answer(method: string, path: string, authorization?: string): Promise<Response> {
  if (path !== "/metrics") return new Response("Only /metrics is here.\n", { status: 404 });
  if (method !== "GET")
    return new Response("This address answers GET only.\n", {
      status: 405,
      headers: { allow: "GET" },
    });
  try {
    return await answerScrape(authorization, env().METRICS_TOKEN);
  } catch (error) {
    logger.error({ err: error }, "The metrics could not be written");
    return new Response("The metrics could not be written.\n", { status: 503 });
  }
}

/**
 * Serves this process's metrics at `/metrics`, for one that serves nothing else.
 *
 * @param port 0 takes any that is free; the answer tells which.
 * @throws when the port is taken.
 */
export async function serveMetrics(
  host: string,
  port: number,
): Promise<{ port: number; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const given = await answer(request.method ?? "GET", pathname, request.headers.authorization);
    response.writeHead(given.status, Object.fromEntries(given.headers));
    response.end(await given.text());
  });
  server.listen(port, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
