import type { IncomingMessage } from "node:http";
import type { SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { parseQuery } from "./query.ts";
import { readBody, readText } from "./read-body.ts";
import { Reply, type Router } from "./router.ts";
import { type Answer, json } from "./server.ts";

/**
 * Answers a call of the API in one transaction: an error undoes whatever was done by then.
 * `session` is whose call it is, where a customer makes it.
 */
export async function answerCall(
  world: World,
  router: Router,
  request: IncomingMessage,
  url: URL,
  session: SessionDoc | null = null,
): Promise<Answer> {
  const { handle, params } = router.find(request.method ?? "GET", url.pathname);
  const body = readBody(request, await readText(request));
  const query = parseQuery(url.searchParams);
  const result = world.store.transaction(() => handle({ world, params, query, body, session }));
  return result instanceof Reply ? json(result.status, result.body) : json(200, result);
}
