import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { createAPIServer } from "@maildev/api";

const narrow = 'sandbox:"allow-same-origin"';
const wide = 'sandbox:"allow-same-origin allow-popups allow-popups-to-escape-sandbox"';

/**
 * Lets the links of a mail that is shown in the web inbox open, each in a tab of its own. MailDev 3.0.0
 * shows a mail in a frame that may open none, so that nobody could follow a sign-in link from there; scripts
 * in a mail still do not run.
 *
 * @param server MailDev's web server, before it listens.
 */
export function letMailOpenLinks(server: ReturnType<typeof createAPIServer>["server"]): void {
  server.addHook("onSend", async (request, reply, payload) => {
    if (!/^\/assets\/[^/]+\.js$/.test(request.url)) return payload;
    const script = (await text(payload as Readable)).replace(narrow, wide);
    reply.removeHeader("etag").removeHeader("last-modified");
    reply.header("cache-control", "no-store");
    reply.header("content-length", Buffer.byteLength(script));
    return script;
  });
}
