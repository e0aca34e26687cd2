import { notEmulated } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";

/** Calls of Polar's whose last part would otherwise be taken for an id. */
const CALLS = [
  "GET /v1/customers/export",
  "GET /v1/customers/growth",
  "GET /v1/customers/top",
  "GET /v1/orders/export",
  "GET /v1/subscriptions/export",
];

export const notEmulatedRoutes: Routes = Object.fromEntries(
  CALLS.map((call) => [
    call,
    () => {
      throw notEmulated(call);
    },
  ]),
);
