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
  const holder = globalThis as typeof globalThis & { [installed]?: typeof fetch };
  if (POLAR_ENVIRONMENT !== "local" || !POLAR_API_URL) return;
  // Compared, not noted: `next dev` puts the original back whenever code has changed.
  if (globalThis.fetch === holder[installed]) return;
  const original = globalThis.fetch;
  const led: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!polarHosts.has(url.hostname)) return original(input, init);
    const local = new URL(url.pathname + url.search, POLAR_API_URL);
    return input instanceof Request
      ? original(new Request(local, input), init)
      : original(local, init);
  };
  holder[installed] = led;
  globalThis.fetch = led;
}
