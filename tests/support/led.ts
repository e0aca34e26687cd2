// Leads this process's requests and questions of names to servers of the test: LED_TO is what stands for each origin as
// JSON, LED_DNS the name server. Imported by tests, and before a command that is run.
import dns from "node:dns/promises";
import { syncBuiltinESMExports } from "node:module";

const original = globalThis.fetch;

/** What a test changes of a request before it is sent, or answers in its place. */
export const onTheWay: { change: ((request: Request) => Request | Response) | null } = {
  change: null,
};

/** Begins it, as LED_TO and LED_DNS say. */
export function lead(): void {
  const { LED_TO, LED_DNS } = process.env;
  if (LED_DNS) dns.setServers([LED_DNS]);
  // What was imported by name is the resolver's of before.
  syncBuiltinESMExports();
  const origins = new Map<string, string>(Object.entries(JSON.parse(LED_TO ?? "{}")));
  globalThis.fetch = async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const to = origins.get(asked.origin);
    if (!to) return await original(input, init);
    const led = new URL(asked.pathname + asked.search, to);
    const request = new Request(led, input instanceof Request ? new Request(input, init) : init);
    const changed = onTheWay.change?.(request) ?? request;
    return changed instanceof Response ? changed : await original(changed);
  };
}

lead();
