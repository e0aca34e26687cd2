import "server-only";
import { problem } from "@/lib/http/problem";
import { metricsContentType, scrape } from "./scrape";
import { carriesToken } from "./token";

/**
 * The answer to a scrape: 404 while there is no token, 401 to whoever does not send it.
 *
 * @param token METRICS_TOKEN.
 */
export async function answerScrape(
  authorization: string | null | undefined,
  token: string | undefined,
): Promise<Response> {
  if (!token)
    return problem(404, {
      code: "off",
      message: "There are no metrics: METRICS_TOKEN is not set.",
    });
  if (!carriesToken(authorization, token))
    return problem(
      401,
      { code: "unauthenticated", message: "Send METRICS_TOKEN: Authorization: Bearer …" },
      { "www-authenticate": "Bearer" },
    );
  return new Response(await scrape(), {
    headers: { "content-type": metricsContentType, "cache-control": "no-store" },
  });
}
