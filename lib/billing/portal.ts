import "server-only";
import type { NextRequest } from "next/server";
import type { Viewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { portalRedirect } from "@/lib/polar/portal";

/** The redirect to the viewer's customer portal at Polar, or null when it cannot be had now. */
export async function openPortal(request: NextRequest, viewer: Viewer): Promise<Response | null> {
  const response = await portalRedirect(request, viewer.workspaceId, `${env().APP_URL}/billing`);
  if (!response) logger.warn({ user_id: viewer.userId }, "Customer portal not opened");
  return response;
}
