import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** The seconds of a `Date` go by the clock, so what depends on them waits for it. */
const nextSecond = () => wait(1000 - (Date.now() % 1000));

/**
 * A server in front of the local Polar at `target` that keeps the next answer to a path back, or spoils the
 * objects of a list, and dates each answer when it goes out, as what stands before Polar does.
 */
export async function startSlowAnswers(target: string) {
  let path = "";
  let read = Promise.withResolvers<void>();
  let freed = Promise.withResolvers<void>();
  let spoilt: { path: string; field: string } | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(target + request.url, {
      method: request.method ?? "GET",
      headers: {
        authorization: request.headers.authorization ?? "",
        "content-type": "application/json",
      },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    let body = await answer.text();
    if (spoilt && request.url?.startsWith(spoilt.path)) {
      const { field } = spoilt;
      body = JSON.stringify(JSON.parse(body), (name, value) =>
        name === field ? undefined : value,
      );
    }
    if (path && request.url?.startsWith(path)) {
      path = "";
      read.resolve();
      await freed.promise;
    }
    response
      .writeHead(answer.status, {
        "content-type": "application/json",
        date: new Date().toUTCString(),
      })
      .end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Keeps the next answer to this path back. @returns once it has been read. */
    keep(wanted: string) {
      path = wanted;
      read = Promise.withResolvers<void>();
      freed = Promise.withResolvers<void>();
      return read.promise;
    },
    nextSecond,
    /** From now on leaves a field out of every object in the answers to a path; with null, of none. */
    spoil(what: typeof spoilt) {
      spoilt = what;
    },
    /** Sends what was kept back, in the second after this one. */
    async free() {
      await nextSecond();
      freed.resolve();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
