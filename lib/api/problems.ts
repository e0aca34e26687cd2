/** What can go wrong for a caller of the API, by its stable name, with its title and status. */
export const apiProblems = {
  unauthenticated: [401, "No working API key"],
  insufficient_credits: [402, "Out of credits"],
  payment_overdue: [402, "A payment is overdue"],
  spending_cap_reached: [402, "The spending cap is reached"],
  insufficient_scope: [403, "The key may not do this"],
  feature_missing: [403, "Not part of the plan"],
  not_found: [404, "There is no such address"],
  method_not_allowed: [405, "Method not allowed"],
  too_large: [413, "The body is too large"],
  invalid_request: [422, "The request is not right"],
  idempotency_key_reused: [422, "The idempotency key was used for another request"],
  rate_limited: [429, "Too many requests"],
  unavailable: [503, "Something on our side failed"],
} as const satisfies Record<string, readonly [number, string]>;

export type ApiProblem = keyof typeof apiProblems;

/** Where an error of that name is described. */
export function problemAnchor(name: ApiProblem): string {
  return `problem-${name.replaceAll("_", "-")}`;
}
