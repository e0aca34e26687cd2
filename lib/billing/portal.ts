import "server-only";
import type { NextRequest } from "next/server";
import type { Viewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { isUnavailable } from "@/lib/polar";
import { portalRedirect } from "@/lib/polar/portal";
import { EmailConflictError, ensureCustomer } from "./customer";

export type PortalFailure = "email_conflict" | "portal_unavailable";

function failureOf(error: unknown): PortalFailure | null {
  if (error instanceof EmailConflictError) return "email_conflict";
  return isUnavailable(error) ? "portal_unavailable" : null;
}

/**
 * The redirect to the viewer's customer portal at Polar, or why there is none. Who never began a checkout
 * becomes Polar's customer here: the portal is where invoices and addresses are, for a free plan too.
 */
export async function openPortal(
  request: NextRequest,
  viewer: Viewer,
): Promise<Response | PortalFailure> {
  try {
    await ensureCustomer(viewer);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    logger.warn({ user_id: viewer.userId, failure, err: error }, "Customer portal not opened");
    return failure;
  }
  const response = await portalRedirect(request, viewer.workspaceId, `${env().APP_URL}/billing`);
  if (!response) logger.warn({ user_id: viewer.userId }, "Customer portal not opened");
  return response ?? "portal_unavailable";
}
