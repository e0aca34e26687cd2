import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { readSandboxSettings, refuseProduction } from "@/scripts/sandbox/settings";

const given = { POLAR_SANDBOX_TOKEN: "polar_oat_x", POLAR_SANDBOX_EMAIL: "you@example.com" };

test("the journey at the sandbox starts with a token and an address, and fetches webhooks by itself", () => {
  expect(readSandboxSettings(given)).toEqual({
    token: "polar_oat_x",
    email: "you@example.com",
    webhookOrigin: null,
    port: null,
    apiUrl: null,
  });
});

test("what is missing is told at once, each with how to get it", () => {
  const read = () => readSandboxSettings({});
  expect(read).toThrow(/POLAR_SANDBOX_TOKEN is missing: [\s\S]*POLAR_SANDBOX_EMAIL is missing/);
});

test.each([
  ["POLAR_ENVIRONMENT", "production", /is production/],
  ["POLAR_SANDBOX_EMAIL", "nobody", /POLAR_SANDBOX_EMAIL is missing or malformed/],
  ["POLAR_SANDBOX_EMAIL", "you+me@example.com", /POLAR_SANDBOX_EMAIL is missing or malformed/],
  ["POLAR_SANDBOX_WEBHOOK_URL", "http://tunnel.example", /https address of a tunnel/],
  ["POLAR_SANDBOX_WEBHOOK_URL", "https://tunnel.example", /POLAR_SANDBOX_PORT is missing/],
  ["POLAR_SANDBOX_API_URL", "https://api.polar.sh", /an address of 127\.0\.0\.1/],
  ["POLAR_SANDBOX_API_URL", "http://127.0.0.1.polar.example", /an address of 127\.0\.0\.1/],
])("%s=%s is refused", (name, value, message) => {
  expect(() => readSandboxSettings({ ...given, [name]: value })).toThrow(message);
});

test("a tunnel's address leads to its port", () => {
  const tunnel = {
    POLAR_SANDBOX_WEBHOOK_URL: "https://tunnel.example/some/path",
    POLAR_SANDBOX_PORT: "3300",
  };
  expect(readSandboxSettings({ ...given, ...tunnel })).toMatchObject({
    webhookOrigin: "https://tunnel.example",
    port: 3300,
  });
});

/** What `refuseProduction` makes of a production that answers with `status`. */
async function refusedBy(status: number): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await refuseProduction("polar_oat_x", `http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}

test("only a token that production does not know may buy", async () => {
  await refusedBy(401);
  for (const status of [200, 403, 429, 500])
    await expect(refusedBy(status)).rejects.toThrow(`answered ${status} to POLAR_SANDBOX_TOKEN`);
  await expect(refuseProduction("polar_oat_x", "http://127.0.0.1:1")).rejects.toThrow(
    /could not be asked whether it knows POLAR_SANDBOX_TOKEN/,
  );
});
