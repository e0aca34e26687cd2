import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NextConfig } from "next";
import { NextRequest } from "next/server";
import { GET as scrape } from "@/app/api/metrics/route";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { proxy } from "@/proxy";

type Answer = (request: NextRequest) => Promise<Response> | Response;
/** What is answered in place of `usual`. */
type Instead = (usual: Response, request: NextRequest) => Promise<Response> | Response;

const statuses = { stored: 202, forged: 403, malformed: 400 };

const routes: Record<string, Answer> = {
  "/": () => new Response(),
  "/api/health/live": () => new Response(),
  "/api/metrics": (request) => scrape(request, undefined),
  "/api/webhooks/polar": async (request) => {
    const receipt = await receiveWebhook(await request.text(), request.headers);
    return new Response(null, { status: statuses[receipt.status] });
  },
};

/**
 * The app's own edge, headers and handlers as far as the checklist asks for them, on a port of its own.
 * `instead` changes what a path answers, or adds a page.
 */
export async function startLiveApp(appUrl: string) {
  const instead = new Map<string, Instead>();
  const config: { default: NextConfig } = await import(
    new URL("../../next.config.mjs", import.meta.url).href
  );
  const [everywhere] = (await config.default.headers?.()) ?? [];
  const usual: Answer = async (request) => {
    const { pathname } = request.nextUrl;
    const edge = proxy(request);
    if (edge.status !== 200) return edge;
    const answer = (await routes[pathname]?.(request)) ?? new Response(null, { status: 404 });
    for (const { key, value } of everywhere?.headers ?? []) answer.headers.set(key, value);
    for (const [name, value] of edge.headers)
      if (name === "set-cookie") answer.headers.append(name, value);
      else answer.headers.set(name, value);
    return answer;
  };
  const answerTo: Answer = async (request) => {
    const answer = await usual(request);
    return (await instead.get(request.nextUrl.pathname)?.(answer, request)) ?? answer;
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "GET", headers } = request;
    const answer = await answerTo(
      new NextRequest(new URL(request.url ?? "/", appUrl), {
        method,
        headers: headers as HeadersInit,
        ...(body ? { body } : {}),
      }),
    );
    response.setHeaders(answer.headers);
    response.writeHead(answer.status).end(await answer.text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    instead,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
