import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { polar } from "@/lib/polar";
import type { World } from "./world";

/**
 * What the app's webhook route does, on a port of its own, with the catalog and an endpoint that leads here.
 * Call it before anything else reads the environment.
 */
export async function startReceiver(world: World) {
  const working = new Set<Promise<unknown>>();
  const settings = { applies: true, fails: false };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (settings.fails) {
      response.writeHead(503).end();
      return;
    }
    const receipt = await receiveWebhook(body, new Headers(request.headers as HeadersInit));
    response.writeHead(receipt.status === "stored" ? 202 : 403).end();
    if (receipt.status !== "stored" || !settings.applies) return;
    const work = applyWebhook(receipt.id).finally(() => working.delete(work));
    working.add(work);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env.APP_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await syncCatalog(true);
  const [endpoint] = (await polar().webhooks.listWebhookEndpoints()).items;
  if (!endpoint) throw new Error("There is no webhook endpoint.");
  await world.call("PUT", `/_emulator/webhooks/endpoints/${endpoint.id}`, {
    encoding: "standard",
    secret: process.env.POLAR_WEBHOOK_SECRET,
  });
  return {
    endpointId: endpoint.id,
    /** Whether what arrives is applied too, and whether everything is refused instead. */
    settings,
    /** Waits until what has arrived is applied. */
    async applied(): Promise<void> {
      while (working.size > 0) await Promise.all(working);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
