import { resolve } from "node:path";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";
import loadConfig from "next/dist/server/config";
import { ignoreLoggingIncomingRequests } from "next/dist/server/dev/log-requests";
import { expect, test } from "vitest";

const config = await loadConfig(PHASE_DEVELOPMENT_SERVER, resolve(import.meta.dirname, "../.."));

/** Next's own answer to whether its development server prints a request. */
function isLogged(url: string): boolean {
  const request = { url } as Parameters<typeof ignoreLoggingIncomingRequests>[0];
  return !ignoreLoggingIncomingRequests(request, config.logging || undefined);
}

test.each([
  "/sign-in/confirm?email=a%40example.com&token=abc.def&returnTo=%2Fdashboard",
  "/sign-in/confirm?email=a%40example.com&token=abc.def&_rsc=1a2b3",
  "/api/auth/callback/email?email=a%40example.com&token=abc.def",
  "/api/auth/callback/github?code=abc&state=def",
  "/checkout/success?checkout_id=0f8fad5b-d9cb-469f-a165-70867728950e",
  "/api/health/ready",
])("development prints nothing of %s", (url) => {
  expect(isLogged(url)).toBe(false);
});

test.each(["/", "/sign-in?callbackUrl=%2Fpricing", "/sign-in/check-email", "/api/auth/session"])(
  "development prints %s",
  (url) => {
    expect(isLogged(url)).toBe(true);
  },
);

test("development prints nothing of a browser's console, which shows pages with their fields", () => {
  expect(config.logging).toMatchObject({ browserToTerminal: false });
});
