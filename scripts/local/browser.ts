import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function isDebian(): boolean {
  return (
    existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}

function find(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which is not there.`);
  }
  return [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

function attempt(command: string, args: string[]): void {
  console.log(`Installing the browser for the end-to-end tests: ${command} ${args.join(" ")}`);
  spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

/**
 * The path of a Chromium: CHROMIUM_PATH, one that the system has, or Playwright's own; installed when
 * there is none, by Debian's package manager as root there, by Playwright's download elsewhere.
 *
 * @throws when none can be had, with what to do.
 */
export function ensureBrowser(): string {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && isDebian()) {
    attempt("apt-get", ["update", "-q"]);
    attempt("apt-get", ["install", "-y", "-q", "chromium"]);
  }
  if (!find())
    attempt(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  const installed = find();
  if (installed) return installed;
  throw new Error("No Chromium could be installed: install one and set CHROMIUM_PATH to it.");
}
