import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "server-only": resolve(root, "scripts/local/server-only.ts"),
      "@": root,
    },
  },
  test: {
    include: [
      "tests/{unit,integration,properties,emulator}/**/*.test.ts",
      // `npm run test:redis`: `npm test` needs nothing that npm does not bring.
      ...(process.env.TEST_REDIS ? ["tests/redis/*.test.ts"] : []),
    ],
    // The integration tests share one database and each works on workspaces of its own.
    fileParallelism: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Generous, for a busy machine: nothing here waits when what it waits for is there.
    expect: { poll: { timeout: 20_000 } },
    // It imports "next/server" in a way that only a bundler resolves.
    server: { deps: { inline: ["@polar-sh/nextjs"] } },
  },
});
