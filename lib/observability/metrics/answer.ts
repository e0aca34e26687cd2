import "server-only";
import { refusal } from "@/lib/http/token";
import { metricsContentType, scrape } from "./scrape";

/**
 * The answer to a scrape: 404 while there is no token, 401 to whoever does not send it.
 *
 * @param token METRICS_TOKEN.
 */
export async function answerScrape(
  authorization: string | null | undefined,
  token: string | undefined,
): Promise<Response> {
  const refused = refusal(authorization, token, { what: "metrics", variable: "METRICS_TOKEN" });
  if (refused) return refused;
  return new Response(await scrape(), {
    headers: { "content-type": metricsContentType, "cache-control": "no-store" },
  });
}
