import "server-only";
import type { NextRequest } from "next/server";
import { reportError } from "@/lib/observability/errors/report";
import { logger, withRequestId } from "@/lib/observability/logger";
import { AccountEndedError, WorkspaceBusyError } from "@/lib/workspaces";
import { BodyTooLargeError } from "./body";
import { problem } from "./problem";
import { requestIdOf } from "./request-id";

/**
 * A route handler with what every one needs: the request id in each log line, 413 for a body that is too
 * large, and 503 with a plain sentence, and the error in the log, for what is our fault.
 */
export function route<Context>(
  handle: (request: NextRequest, context: Context) => Promise<Response>,
): (request: NextRequest, context: Context) => Promise<Response> {
  return (request, context) =>
    withRequestId(requestIdOf(request), async () => {
      try {
        return await handle(request, context);
      } catch (error) {
        if (error instanceof BodyTooLargeError) {
          return problem(413, { code: "too_large", message: "The request is over one megabyte." });
        }
        if (error instanceof AccountEndedError) {
          return problem(401, { code: "signed_out", message: "This account is deleted." });
        }
        if (error instanceof WorkspaceBusyError) {
          return problem(
            429,
            { code: "busy", message: "Too many requests wait for an answer." },
            { "retry-after": "5" },
          );
        }
        logger.error({ err: error, path: request.nextUrl.pathname }, "Request failed");
        reportError(error, { path: request.nextUrl.pathname });
        return problem(
          503,
          {
            code: "unavailable",
            message: "Something on our side failed. Please try again in a moment.",
          },
          { "retry-after": "5" },
        );
      }
    });
}
