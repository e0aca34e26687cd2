import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/** Speaks as much SMTP as it takes to accept a message. */
function converse(socket: Socket, onMessage: (recipient: string, messageId: string) => void): void {
  let recipient = "";
  let messageId = "";
  let inData = false;
  let rest = "";
  socket.write("220 here\r\n");
  socket.on("data", (chunk) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (inData) {
        messageId = /^message-id: <(.*)>$/i.exec(line)?.[1] ?? messageId;
        if (line !== ".") continue;
        inData = false;
        onMessage(recipient, messageId);
        socket.write("250 taken\r\n");
      } else if (/^data$/i.test(line)) {
        inData = true;
        socket.write("354 go on\r\n");
      } else if (/^rcpt to:/i.test(line)) {
        recipient = /<(.*)>/.exec(line)?.[1] ?? "";
        socket.write("250 fine\r\n");
      } else if (/^quit$/i.test(line)) socket.end("221 bye\r\n");
      else socket.write("250 fine\r\n");
    }
  });
}

/** A mail server that counts messages and that can hold the line: who calls is not answered until it is free. */
export async function startSmtp() {
  const recipients: string[] = [];
  const messageIds: string[] = [];
  let calls = Promise.withResolvers<void>();
  let line: PromiseWithResolvers<void> | null = null;
  const open = new Set<Socket>();
  const server = createServer(async (socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
    calls.resolve();
    await line?.promise;
    if (!socket.destroyed)
      converse(socket, (to, messageId) => {
        recipients.push(to);
        messageIds.push(messageId);
      });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many messages it has taken. */
    taken: () => recipients.length,
    /** To whom each went. */
    recipients,
    /** The Message-ID of each. */
    messageIds,
    /** Answers nobody from now on. @returns when somebody calls. */
    hold() {
      line = Promise.withResolvers();
      calls = Promise.withResolvers();
      return calls.promise;
    },
    /** Answers who waits, and whoever calls. */
    free() {
      line?.resolve();
      line = null;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
