import { expect, test } from "vitest";
import { endpointOf } from "@/lib/polar/endpoint";

test.each([
  ["GET", "/v1/orders/", "GET /v1/orders"],
  ["GET", "/v1/orders/8f0b0c1e-6a0d-4a3e-9d9a-000000000000", "GET /v1/orders/{id}"],
  ["GET", "/v1/orders/8f0b0c1e/invoice", "GET /v1/orders/{id}/invoice"],
  ["POST", "/v1/events/ingest", "POST /v1/events/ingest"],
  ["GET", "/v1/customers/external/user-1", "GET /v1/customers/external/{id}"],
  ["GET", "/v1/customers/external/orders", "GET /v1/customers/external/{id}"],
  ["GET", "/v1/customers/external/a%2Fb/state", "GET /v1/customers/external/{id}/state"],
  ["POST", "/v1/checkouts/client/polar_c_secret/confirm", "POST /v1/checkouts/client/{id}/confirm"],
])("%s %s is counted as %s", (method, path, endpoint) => {
  expect(endpointOf(method, path)).toBe(endpoint);
});
