import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** What a sink was sent. */
type Taken = { path: string; headers: IncomingHttpHeaders; body: string };

/** Takes whatever is sent to it over HTTP, and can answer with another status, or not at all until it is freed. */
export async function startHttpSink() {
  const taken: Taken[] = [];
  const answer = { status: 200, headers: {} as Record<string, string> };
  let line: PromiseWithResolvers<void> | null = null;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    taken.push({ path: request.url ?? "", headers: request.headers, body });
    await line?.promise;
    response.writeHead(answer.status, answer.headers).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    answer,
    /** Answers nobody from now on. */
    hold() {
      line = Promise.withResolvers();
    },
    /** Answers who waits, and whoever calls. */
    free() {
      line?.resolve();
      line = null;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type HttpSink = Awaited<ReturnType<typeof startHttpSink>>;
