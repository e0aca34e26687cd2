import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { readSettings, type Variables } from "./settings";

const root = resolve(import.meta.dirname, "../..");

function fill(target: Variables, source: Variables): void {
  for (const [name, value] of Object.entries(source))
    if (value && !target[name]) target[name] = value;
}

/** Reads what `.env.local` and `.env` set; what `target`, this process's environment, holds already stays. */
export function loadFiles(folder: string = root, target: Variables = process.env): void {
  for (const file of [".env.local", ".env"]) {
    const path = join(folder, file);
    if (existsSync(path)) fill(target, parseEnv(readFileSync(path, "utf8")));
  }
}

/**
 * Reads the same, and then, unless these name a real Polar, what the last `npm run dev` with the local one
 * settled.
 */
export function loadEnvironment(folder: string = root, target: Variables = process.env): void {
  loadFiles(folder, target);
  if ((target.POLAR_ENVIRONMENT || "local") !== "local") return;
  fill(target, readSettings(join(folder, ".data")) ?? {});
}
