import "server-only";
import { Logger } from "graphile-worker";
import { logger } from "@/lib/observability/logger";

const levels = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/**
 * The job engine's own messages as lines of our log. What a job is about is told by our wrapper, so the
 * engine's progress is for debugging only.
 */
export const engineLogger = new Logger((scope) => (level, message) => {
  logger[levels[level]]({ engine: "graphile-worker", ...scope }, message);
});
