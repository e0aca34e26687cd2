import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Variables of the environment. An empty one counts as unset. */
export type Variables = Record<string, string | undefined>;
type Settings = Record<string, string>;

const fileIn = (folder: string) => join(folder, "local.env");

/** What the last `npm run dev` with the local Polar settled, or null. Anything of another Polar is left alone. */
export function readSettings(folder: string): Settings | null {
  const file = fileIn(folder);
  if (!existsSync(file)) return null;
  const kept = parseEnv(readFileSync(file, "utf8")) as Settings;
  return kept.POLAR_ENVIRONMENT === "local" ? kept : null;
}

function quote(value: string): string {
  const mark = ['"', "'", "`"].find((sign) => !value.includes(sign)) ?? '"';
  return `${mark}${value}${mark}`;
}

/**
 * Keeps the settings of a run with the local Polar for the other commands of this clone and for the next
 * run. Those of a run with a real Polar are its own: no later command may act on that Polar unasked.
 */
export function keepSettings(folder: string, settings: Settings): void {
  if (settings.POLAR_ENVIRONMENT !== "local") return;
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}\n`);
  // A new file, so that its mode holds from the start.
  rmSync(fileIn(folder), { force: true });
  writeFileSync(fileIn(folder), lines.join(""), { mode: 0o600 });
}

/**
 * The environment of a `npm run dev`: what the person has given, then what this run's own services and this
 * clone's own secrets add. A real Polar's secrets are for the person to give, never made up.
 *
 * @param kept what `readSettings` found.
 */
export function settle(
  given: Variables,
  services: { APP_URL: string; DATABASE_URL: string; SMTP_URL: string },
  kept: Settings | null,
): Settings {
  const isLocal = (given.POLAR_ENVIRONMENT || "local") === "local";
  const own = isLocal ? (kept ?? {}) : {};
  const made: Settings = {
    ...services,
    EMAIL_FROM: "Northstar <hello@northstar.example>",
    POLAR_ENVIRONMENT: "local",
    AUTH_SECRET: own.AUTH_SECRET || randomBytes(32).toString("base64"),
  };
  if (isLocal) {
    made.POLAR_ACCESS_TOKEN =
      own.POLAR_ACCESS_TOKEN || `polar_oat_${randomBytes(24).toString("hex")}`;
    made.POLAR_WEBHOOK_SECRET =
      own.POLAR_WEBHOOK_SECRET || `whsec_${randomBytes(24).toString("base64")}`;
  }
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [name, given[name] || value]),
  );
}
