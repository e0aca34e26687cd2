import "server-only";

export type { models } from "@polar-sh/sdk/2026-10";
export { inBackground } from "./budget";
export { polar } from "./client";
export { findCustomer } from "./customer";
export {
  invalidFields,
  isBodyRefused,
  isForbidden,
  isInvalid,
  isNotFound,
  isPaymentRefused,
  isRefused,
  isUnauthorized,
  isUnavailable,
  retryAfter,
} from "./errors";
export { redirectPolarToLocal } from "./local-redirect";
export { patiently } from "./patient";
export { observed } from "./transport";
export { readEnvelope, type VerifiedWebhook, verifyWebhook } from "./webhook-signature";
