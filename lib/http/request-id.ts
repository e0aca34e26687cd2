/** The header in which the request id travels from the edge on. */
export const requestIdHeader = "x-request-id";

/** The id that the edge has given a request, or a new one. */
export function requestIdOf({ headers }: Request): string {
  return headers.get(requestIdHeader) ?? crypto.randomUUID();
}
