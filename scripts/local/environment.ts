import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/**
 * Reads what `.env.local`, `.env` and, for the local Polar, the last `npm run dev` have set. What the
 * process's environment holds already stays.
 */
export function loadEnvironment(): void {
  const load = (file: string) => {
    const path = join(root, file);
    if (existsSync(path)) process.loadEnvFile(path);
  };
  load(".env.local");
  load(".env");
  if ((process.env.POLAR_ENVIRONMENT ?? "local") === "local") load(".data/local.env");
}
