// `npm run polar:sync` shows what the configured Polar lacks of the catalog; with `-- --apply` it makes it so.

import { syncCatalog } from "@/lib/billing/sync/sync";
import { env } from "@/lib/env";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
// The secret is what this command makes; it cannot be asked for beforehand.
process.env.POLAR_WEBHOOK_SECRET ||= "not-known-yet";
const apply = process.argv.includes("--apply");

/** Whether the local Polar is meant and does not answer: it runs as long as `npm run dev` does. */
async function isLocalPolarDown(): Promise<boolean> {
  const { POLAR_ENVIRONMENT, POLAR_API_URL } = process.env;
  if ((POLAR_ENVIRONMENT || "local") !== "local") return false;
  if (!POLAR_API_URL) return true;
  const signal = AbortSignal.timeout(5000);
  return !(await fetch(POLAR_API_URL, { signal }).catch(() => null));
}

if (await isLocalPolarDown()) {
  console.error("The local Polar is not running: start it with `npm run dev`.");
  process.exit(1);
}

try {
  const { changes, secret, isNewEndpoint } = await syncCatalog(apply);
  console.log(`Polar (${env().POLAR_ENVIRONMENT}):`);
  for (const { action, what } of changes)
    console.log(`  ${apply ? "done" : "would"} ${action} ${what}`);
  if (changes.length === 0) console.log("  nothing to change");
  else if (!apply) console.log("\nRun `npm run polar:sync -- --apply` to make these changes.");
  if (secret && isNewEndpoint)
    console.log(`\nPOLAR_WEBHOOK_SECRET=${secret}\nKeep it: it is shown this once.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
