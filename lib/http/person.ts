import "server-only";
import type { NextRequest } from "next/server";
import { reportError } from "@/lib/observability/errors/report";
import { logger } from "@/lib/observability/logger";
import { BodyTooLargeError } from "./body";
import { seeOther } from "./see-other";

/** Whether a person's browser shows whatever comes back, as after a form or a link: then it must be a page. */
export function wantsPage(request: Request): boolean {
  return request.headers.get("accept")?.includes("text/html") ?? false;
}

/** What `handle` answers; when it fails on our side while a person waits for a page, the way to `page`. */
export async function orSendTo(
  page: string,
  request: NextRequest,
  handle: () => Promise<Response>,
): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (!wantsPage(request) || error instanceof BodyTooLargeError) throw error;
    logger.error({ err: error, path: request.nextUrl.pathname }, "Request failed");
    reportError(error, { path: request.nextUrl.pathname });
    return seeOther(page);
  }
}
