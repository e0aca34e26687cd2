import { chromium } from "@playwright/test";
import { ensureBrowser } from "@/scripts/local/browser";

/** A browser for tests that drive the local Polar's own pages. */
export function launchBrowser() {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: ensureBrowser(),
    args: ["--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])],
  });
}
