import type { Cause } from "./cause";

/** Each cause of a difference, for people. */
export const causeWords: Readonly<Record<Cause, string>> = {
  webhook_lost: "the webhook that should have told was lost",
  not_applied: "the webhook is in the inbox and was not applied",
  overwritten: "the webhook was applied and then written over",
  without_webhook: "Polar sends no webhook of it (meters)",
  unknown: "the webhook is too old to be looked at",
  missing: "Polar says that it does not exist, for the first time: asked again by a later run",
  gone: "Polar says that it does not exist",
  newer_here: "what is stored here is newer than Polar's answer: left alone",
  unreadable: "it cannot be read, or its id is none of Polar's: left alone",
};
