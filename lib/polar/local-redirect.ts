import "server-only";
import { env } from "@/lib/env";

const polarHosts = new Set(["api.polar.sh", "sandbox-api.polar.sh"]);
const installed = Symbol.for("northstar.polarRedirect");

/**
 * With POLAR_ENVIRONMENT=local, leads this process's requests for Polar's hosts to the local Polar, for the
 * sake of `@polar-sh/nextjs`, which takes no address. With any other environment it does nothing.
 */
export function redirectPolarToLocal(): void {
  const { POLAR_ENVIRONMENT, POLAR_API_URL } = env();
  const holder = globalThis as typeof globalThis & { [installed]?: true };
  if (POLAR_ENVIRONMENT !== "local" || !POLAR_API_URL || holder[installed]) return;
  holder[installed] = true;
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!polarHosts.has(url.hostname)) return original(input, init);
    const local = new URL(url.pathname + url.search, POLAR_API_URL);
    return input instanceof Request
      ? original(new Request(local, input), init)
      : original(local, init);
  };
}
