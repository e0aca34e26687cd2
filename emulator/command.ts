import { join } from "node:path";
import { parseArgs } from "node:util";
import { ApiError } from "./http/errors.ts";
import type { EmulatorOptions } from "./server.ts";
import { FolderInUse } from "./store/lock.ts";

export const HELP = `Polar on this machine: its API, checkout, customer portal and webhooks.

  npm run emulator -- [options]

  --port NUMBER    port on 127.0.0.1                          PORT                4100
  --data FOLDER    where state is kept; "" keeps none         POLAR_DATA_DIR      .data/polar
  --token TOKEN    the access token to accept                 POLAR_ACCESS_TOKEN  polar_oat_local
  --name NAME      who sells, for a new data folder           POLAR_ORGANIZATION  Acme
  --faults JSON    faults to begin with                       POLAR_FAULTS        none
  --hosts LIST     further names it may be reached by,        POLAR_HOSTS         none
                   such as host.docker.internal:4100
  --no-console     no pages for the developer at /            POLAR_CONSOLE=off
  --help           this text

An option goes before its variable. Stop it with Ctrl-C: what was done stays in the data folder.`;

/** What was asked for cannot be had; the message is one sentence for the person at the terminal. */
export class BadUsage extends Error {}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new BadUsage(`"${text}" is no port: give a number from 0 to 65535 (0 takes any).`);
  return port;
}

function readJson(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadUsage("The faults (--faults, POLAR_FAULTS) are no JSON.");
  }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        token: { type: "string" },
        name: { type: "string" },
        faults: { type: "string" },
        hosts: { type: "string" },
        "no-console": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new BadUsage(`${error instanceof Error ? error.message : error} Try --help.`);
  }
}

/**
 * Reads the command line and the environment.
 *
 * @returns what to start, or null when only the help was asked for.
 * @throws BadUsage
 */
export function readCommand(
  args: readonly string[],
  env: Record<string, string | undefined>,
): EmulatorOptions | null {
  const given = parseOptions(args);
  if (given.help) return null;
  const hosts = given.hosts ?? env.POLAR_HOSTS ?? "";
  return {
    port: readPort(given.port ?? env.PORT ?? "4100"),
    dataDir: given.data ?? env.POLAR_DATA_DIR ?? join(process.cwd(), ".data", "polar"),
    accessToken: given.token || env.POLAR_ACCESS_TOKEN || "polar_oat_local",
    organizationName: given.name || env.POLAR_ORGANIZATION || "Acme",
    faults: readJson(given.faults ?? env.POLAR_FAULTS),
    hosts: hosts.split(",").flatMap((host) => host.trim() || []),
    console: !given["no-console"] && env.POLAR_CONSOLE !== "off",
  };
}

/** Why it could not start, in one sentence; null for a fault of ours. */
export function explain(error: unknown, port: number | undefined): string | null {
  if (error instanceof BadUsage) return error.message;
  if (error instanceof FolderInUse)
    return `${error.message} Stop that one, or choose another folder with --data.`;
  if (error instanceof ApiError) return `The faults cannot be read: ${error.message}`;
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code === "EADDRINUSE") return `Port ${port} is taken: choose another with --port.`;
  if (error.code === "EACCES" || error.code === "EROFS" || error.code === "ENOTDIR")
    return `It may not use what it needs: ${error.message}.`;
  return null;
}
