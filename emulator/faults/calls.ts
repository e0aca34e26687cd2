import { setTimeout as wait } from "node:timers/promises";
import { ApiError, polarError } from "../http/errors.ts";
import type { Answer } from "../http/server.ts";
import type { World } from "../world.ts";

/** How an answer goes out: whole, half of it before the connection is reset, not at all, or never. */
export type Ending = "whole" | "half" | "none" | "never";

export interface Outcome {
  answer: Answer | null;
  ending: Ending;
}

/** Polar's 429 has no body. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, undefined, { "retry-after": String(seconds) });
}

/** Answers a call of the API, or lets it meet the fault that is due. */
export async function withFaults(
  world: World,
  method: string,
  path: string,
  work: () => Promise<Answer>,
): Promise<Outcome> {
  const { fault, latency } = world.faults.takeCall(method, path);
  if (latency > 0) await wait(latency);
  switch (fault) {
    case "error_500":
      throw polarError(500, "InternalServerError", "An internal server error occurred.");
    case "error_502":
      throw polarError(502, "BadGateway", "Bad gateway.");
    case "error_503":
      throw polarError(503, "ServiceUnavailable", "Service unavailable.");
    case "rate_limit":
      throw tooManyRequests(world.faults.settings.api.retry_after);
    case "reset_before_work":
      return { answer: null, ending: "none" };
    case "reset_before_answer":
      return { answer: await work(), ending: "none" };
    case "reset":
      return { answer: await work(), ending: "half" };
    case "hang":
      return { answer: await work(), ending: "never" };
    default:
      return { answer: await work(), ending: "whole" };
  }
}
