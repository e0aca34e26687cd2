import { createSocket } from "node:dgram";
import { once } from "node:events";

const noSuchName = 3;

/** The name that a question asks for, and where it ends: its labels, two bytes of type, two of class. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 5 };
}

/** A name server that knows TXT records alone, each of one string (RFC 1035). */
export async function startDns(records: Map<string, string>) {
  const socket = createSocket("udp4", (query, { port, address }) => {
    const { name, end } = questionOf(query);
    const text = records.get(name);
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | (text === undefined ? noSuchName : 0), 2);
    header.writeUInt16BE(text === undefined ? 0 : 1, 6);
    header.fill(0, 8, 12);
    const answer = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, (text?.length ?? 0) + 1]);
    const data = Buffer.from(`${String.fromCharCode(text?.length ?? 0)}${text ?? ""}`, "latin1");
    const parts = text === undefined ? [] : [answer, data];
    socket.send(Buffer.concat([header, query.subarray(12, end), ...parts]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}
