import "server-only";
import { PolarRateLimitError } from "@polar-sh/sdk";
import { errors } from "@polar-sh/sdk/2026-10";

function statusOf(error: unknown): number | null {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : null;
}

/** Whether Polar knows no such access token, or one that has ended (401). */
export function isUnauthorized(error: unknown): boolean {
  return statusOf(error) === 401;
}

/** Whether the access token may not do what was asked for (403). */
export function isForbidden(error: unknown): boolean {
  return statusOf(error) === 403;
}

/** Whether Polar answered that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return error instanceof errors.ResourceNotFound || statusOf(error) === 404;
}

/** Whether Polar refused the request's content (422). */
export function isInvalid(error: unknown): boolean {
  return statusOf(error) === 422;
}

/** Whether Polar, or what stands before it, will take no such body, or none so large, however often (400, 413, 422). */
export function isBodyRefused(error: unknown): boolean {
  return [400, 413, 422].includes(statusOf(error) ?? 0);
}

/** The fields that Polar refused in a request (422), each as the path to it. */
export function invalidFields(error: unknown): (string | number)[][] {
  if (!(error instanceof errors.HTTPValidationError)) return [];
  return (error.error.detail ?? []).map(({ loc }) => loc);
}

/**
 * How many seconds Polar wants to be left alone (429): what `Retry-After` says, a minute when it says nothing that can
 * be read; null for any other error.
 */
export function retryAfter(error: unknown): number | null {
  if (statusOf(error) !== 429) return null;
  const asked = error instanceof PolarRateLimitError ? error.retryAfter : null;
  return asked !== null && Number.isFinite(asked) ? asked : 60;
}

/** Whether a payment that a request needs has failed (402). */
export function isPaymentRefused(error: unknown): boolean {
  return statusOf(error) === 402;
}

/** Whether Polar refused what was asked for as an object is now (403, 404, 409, 410, 422). */
export function isRefused(error: unknown): boolean {
  return [403, 404, 409, 410, 422].includes(statusOf(error) ?? 0);
}

/** Whether Polar could not be reached, was overloaded, or failed: worth trying again later. */
export function isUnavailable(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null) return status === 429 || status >= 500;
  return (
    error instanceof Error &&
    (error.name === "PolarNetworkError" || error.name === "PolarServerError")
  );
}
