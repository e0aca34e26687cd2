import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { World } from "../world.ts";
import { invalidToken } from "./errors.ts";
import { parseQuery } from "./query.ts";
import { parseJson, readText } from "./read-body.ts";
import { Reply, type Router } from "./router.ts";
import { type Answer, json } from "./server.ts";

/** Whether the request carries the access token. */
function isAuthorized(world: World, request: IncomingMessage): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${world.options.accessToken}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** @throws ApiError 401 without the access token. */
export function requireToken(world: World, request: IncomingMessage): void {
  if (!isAuthorized(world, request)) throw invalidToken();
}

/** Answers a call of the API in one transaction: an error undoes whatever was done by then. */
export async function answerCall(
  world: World,
  router: Router,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const { handle, params } = router.find(request.method ?? "GET", url.pathname);
  const body = parseJson(await readText(request));
  const query = parseQuery(url.searchParams);
  const result = world.store.transaction(() => handle({ world, params, query, body }));
  return result instanceof Reply ? json(result.status, result.body) : json(200, result);
}
