import "server-only";
import { CustomerPortal } from "@polar-sh/nextjs";
import type { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { redirectPolarToLocal } from "./local-redirect";

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
  const response = await open(request);
  return response.headers.has("location") ? response : null;
}
