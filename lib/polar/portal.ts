import "server-only";
import { CustomerPortal } from "@polar-sh/nextjs";
import type { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { metrics } from "@/lib/observability/metrics/process";
import { endpointOf } from "./endpoint";
import { redirectPolarToLocal } from "./local-redirect";
import { withQuietConsole } from "./quiet-console";

/** The error's own properties hold the request with our access token: only what it says is logged. */
function reportFailure(error: unknown): void {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: "unknown" };
  logger.error({ error: name, detail: message.slice(0, 300) }, "Polar refused a customer session");
}

/**
 * The redirect to Polar's customer portal for `externalCustomerId`, or null when Polar cannot be reached
 * or knows no such customer.
 *
 * @param returnUrl where the portal's back link leads.
 */
export async function portalRedirect(
  request: NextRequest,
  externalCustomerId: string,
  returnUrl: string,
): Promise<Response | null> {
  redirectPolarToLocal();
  const { POLAR_ENVIRONMENT, POLAR_ACCESS_TOKEN } = env();
  const open = CustomerPortal({
    accessToken: POLAR_ACCESS_TOKEN,
    server: POLAR_ENVIRONMENT === "production" ? "production" : "sandbox",
    returnUrl,
    getExternalCustomerId: async () => externalCustomerId,
  });
  const response = await withQuietConsole(reportFailure, () => open(request));
  const isOpen = response.headers.has("location");
  // The adapter does not tell what Polar answered.
  metrics().apiCalls.inc({
    endpoint: endpointOf("POST", "/v1/customer-sessions"),
    status: isOpen ? 201 : "failed",
  });
  return isOpen ? response : null;
}
