import "server-only";
import { markFailed, SpanKind, traced } from "@/lib/observability/tracing/span";

/**
 * One attempt of a call to Polar as a span, with its status and without the ids and the query of its address.
 *
 * @param endpoint as `endpointOf` tells it.
 */
export async function callSpan(
  endpoint: string,
  host: string,
  attempt: number,
  send: () => Promise<Response>,
): Promise<Response> {
  const [method = "", template = ""] = endpoint.split(" ");
  const attributes = {
    "http.request.method": method,
    "url.template": template,
    "server.address": host,
    "http.request.resend_count": attempt - 1,
  };
  return await traced(endpoint, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const response = await send();
    span.setAttribute("http.response.status_code", response.status);
    if (response.status >= 400) markFailed(span, String(response.status));
    return response;
  });
}
