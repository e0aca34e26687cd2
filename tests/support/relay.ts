import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { anyPort } from "@/scripts/local/ports";

/** A way to a server on 127.0.0.1 that can be cut: connections end and new ones are refused. */
export type Relay = { port: number; cut: () => Promise<void>; mend: () => Promise<void> };

/** Starts a relay to `target`, a port on 127.0.0.1. */
export async function startRelay(target: number): Promise<Relay> {
  const port = await anyPort();
  const open = new Set<Socket>();
  let server: Server | null = null;
  const relay: Relay = {
    port,
    async cut() {
      const closing = server;
      server = null;
      for (const socket of open) socket.destroy();
      if (!closing) return;
      closing.close();
      await once(closing, "close");
    },
    async mend() {
      server = createServer((from) => {
        const to = connect(target, "127.0.0.1");
        for (const [socket, other] of [
          [from, to],
          [to, from],
        ] as const) {
          open.add(socket);
          socket.on("error", () => other.destroy());
          socket.on("close", () => {
            open.delete(socket);
            other.destroy();
          });
        }
        from.pipe(to).pipe(from);
      });
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
  };
  await relay.mend();
  return relay;
}
