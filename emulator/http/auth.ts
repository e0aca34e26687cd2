import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { invalidToken, unauthorized } from "./errors.ts";

/** Who calls: the seller by the access token, a customer by a session's token, or nobody known. */
export type Subject =
  | { kind: "organization" }
  | { kind: "customer"; session: SessionDoc }
  | { kind: "anonymous" };

function isAccessToken(world: World, token: string): boolean {
  const given = Buffer.from(token);
  const wanted = Buffer.from(world.options.accessToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The session of a token, as long as it is good and its customer is there. */
export function liveSession(world: World, token: string): SessionDoc | undefined {
  const [session] = world.sessions.where("token", token);
  if (!session || session.expires_at < world.clock.now()) return undefined;
  return world.customers.get(session.customer_id)?.deleted_at ? undefined : session;
}

/**
 * Tells who calls. The two kinds of token are told apart by what they are, not by their path: which
 * of them a path takes is for the caller to say.
 *
 * @throws ApiError 401 `invalid_token` for a token that is neither, also where none is needed.
 */
export function identify(world: World, request: IncomingMessage): Subject {
  const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) return { kind: "anonymous" };
  if (isAccessToken(world, token)) return { kind: "organization" };
  const session = liveSession(world, token);
  if (!session) throw invalidToken();
  return { kind: "customer", session };
}

/** @throws ApiError 401 without the access token. */
export function requireOrganization(world: World, request: IncomingMessage): void {
  if (identify(world, request).kind !== "organization") throw unauthorized();
}

/** @throws ApiError 401 without the token of a customer session. */
export function requireSession(world: World, request: IncomingMessage): SessionDoc {
  const subject = identify(world, request);
  if (subject.kind !== "customer") throw unauthorized();
  return subject.session;
}
