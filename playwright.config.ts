import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;
// As scripts/test-sandbox.ts says by the buyers' address.
const isSandbox = Boolean(process.env.SANDBOX_EMAIL);

export default defineConfig({
  testDir: "tests/e2e",
  // It maps "server-only", as the scripts do: tests use modules of the server.
  tsconfig: "scripts/tsconfig.json",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Generous, for a busy machine: nothing here waits when what it waits for is there.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // What breaks Polar for everybody comes after everything else.
  projects: isSandbox
    ? [
        {
          name: "sandbox",
          testMatch: /sandbox\.spec/,
          // Polar allows 100 calls a minute there, and Stripe's page comes over the internet.
          workers: 1,
          timeout: 300_000,
          expect: { timeout: 90_000 },
        },
      ]
    : [
        { name: "journeys", testIgnore: /outage/ },
        { name: "outage", testMatch: /outage/, dependencies: ["journeys"] },
      ],
  use: {
    baseURL: process.env.APP_URL,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});
