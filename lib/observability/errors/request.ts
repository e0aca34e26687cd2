import "server-only";
import { requestIdHeader } from "@/lib/http/request-id";
import { reportError } from "./report";

/**
 * Reports what a page or a handler has thrown. Its digest is the reference that the page shows.
 *
 * @param route the route's path with names in place of ids.
 */
export function reportRequestError(
  error: unknown,
  headers: Record<string, string | string[] | undefined>,
  route: string,
): void {
  const id = headers[requestIdHeader];
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  reportError(error, { request_id: Array.isArray(id) ? id[0] : id, route, reference: digest });
}
