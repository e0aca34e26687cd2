import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env.PORT ?? "4100" },
    data: { type: "string", default: join(process.cwd(), ".data", "polar") },
    token: { type: "string", default: process.env.POLAR_ACCESS_TOKEN ?? "polar_oat_local" },
  },
});

try {
  const emulator = await startEmulator({
    port: Number(values.port),
    dataDir: values.data,
    accessToken: values.token,
  });
  console.log(`Local Polar  ${emulator.url}\nAccess token ${emulator.accessToken}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void emulator.close());
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(taken ? `Port ${values.port} is taken: choose another with --port.` : error);
  process.exitCode = 1;
}
