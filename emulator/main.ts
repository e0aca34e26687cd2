import { explain, HELP, readCommand } from "./command.ts";
import { type EmulatorOptions, startEmulator } from "./server.ts";

async function run(options: EmulatorOptions): Promise<void> {
  const emulator = await startEmulator(options);
  console.log(
    [
      `Local Polar   ${emulator.url}`,
      `Access token  ${emulator.accessToken}`,
      `Data folder   ${options.dataDir || "none: state ends with the process"}`,
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void emulator.close());
}

let options: EmulatorOptions | null = null;
try {
  options = readCommand(process.argv.slice(2), process.env);
  if (options) await run(options);
  else console.log(HELP);
} catch (error) {
  console.error(explain(error, options?.port) ?? error);
  process.exitCode = 1;
}
