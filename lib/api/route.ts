import "server-only";
import type { NextRequest } from "next/server";
import { authenticate, type Caller } from "@/lib/api-keys";
import type { Scope } from "@/lib/api-keys/scopes";
import type { Entitlement } from "@/lib/billing/entitlement";
import { getEntitlement } from "@/lib/billing/entitlements";
import { BodyTooLargeError } from "@/lib/http/body";
import { requestIdOf } from "@/lib/http/request-id";
import { reportError } from "@/lib/observability/errors/report";
import { logger, withRequestId } from "@/lib/observability/logger";
import { rateLimitHeaders } from "@/lib/rate-limit";
import { AccountEndedError, WorkspaceBusyError } from "@/lib/workspaces";
import { apiProblem } from "./problem";
import { countRequest } from "./quota";

export type ApiCall = { request: NextRequest; caller: Caller; entitlement: Entitlement };

const refusals = {
  missing: "Send an API key: Authorization: Bearer nsk_…",
  unknown: "There is no such API key.",
  expired: "This API key has expired.",
  revoked: "This API key was revoked.",
} as const;

function unauthenticated(reason: keyof typeof refusals): Response {
  const challenge = reason === "missing" ? "Bearer" : 'Bearer error="invalid_token"';
  return apiProblem("unauthenticated", refusals[reason], {
    action: { label: "API keys", path: "/keys" },
    headers: { "www-authenticate": challenge },
  });
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** The answer to what went wrong on the way to one. */
function answerTo(error: unknown, path: string): Response {
  if (error instanceof BodyTooLargeError)
    return apiProblem("too_large", "The body is over one megabyte.");
  if (error instanceof AccountEndedError) return unauthenticated("revoked");
  if (error instanceof WorkspaceBusyError)
    return apiProblem("rate_limited", "Too many calls wait for an answer.", {
      headers: { "retry-after": "5" },
    });
  logger.error({ err: error, path }, "Request failed");
  reportError(error, { path });
  return apiProblem("unavailable", "Please try again in a moment.", {
    headers: { "retry-after": "5" },
  });
}

async function answerCall(
  call: ApiCall,
  scope: Scope,
  handle: (call: ApiCall) => Promise<Response>,
): Promise<Response> {
  if (!call.caller.scopes.includes(scope))
    return apiProblem("insufficient_scope", `This needs a key with the scope ${scope}.`, {
      action: { label: "API keys", path: "/keys" },
    });
  try {
    return await handle(call);
  } catch (error) {
    return answerTo(error, call.request.nextUrl.pathname);
  }
}

async function answer(
  request: NextRequest,
  scope: Scope,
  handle: (call: ApiCall) => Promise<Response>,
): Promise<Response> {
  const caller = await authenticate(request.headers.get("authorization"));
  if (typeof caller === "string") return unauthenticated(caller);
  const entitlement = await getEntitlement(caller.workspaceId);
  const standing = await countRequest(caller.workspaceId, entitlement);
  const response = standing.allowed
    ? await answerCall({ request, caller, entitlement }, scope, handle)
    : apiProblem("rate_limited", `Try again in ${standing.resetSeconds} seconds.`, {
        action: { label: "Plans", path: "/pricing" },
      });
  return withHeaders(response, rateLimitHeaders(standing));
}

/**
 * A route of the API: for callers with a key of `scope`, within their plan's requests a minute, counted by
 * workspace. Errors are problem+json; every answer to a known caller says where it stands in its window, unless the
 * count itself failed.
 */
export function apiRoute(
  scope: Scope,
  handle: (call: ApiCall) => Promise<Response>,
): (request: NextRequest) => Promise<Response> {
  return (request) =>
    withRequestId(requestIdOf(request), async () => {
      try {
        return await answer(request, scope, handle);
      } catch (error) {
        return answerTo(error, request.nextUrl.pathname);
      }
    });
}

/** Handlers for the methods that an API route does not have. */
export function apiAllowOnly(...allowed: readonly string[]) {
  const refuse = () =>
    apiProblem("method_not_allowed", `This address answers ${allowed.join(" and ")} only.`, {
      headers: { allow: allowed.join(", ") },
    });
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
