import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/**
 * Watches the requests of this process's HTTP servers, whoever made the servers. A server that is closed still takes
 * requests on connections that are open, so one that is never idle never ends.
 *
 * @returns what has every connection closed once the answer that is under way on it, or else the next one, is whole; the
 *   answers say so, that clients send nothing more.
 */
export function watchConnections(): () => void {
  const answers = new Set<ServerResponse>();
  let isClosing = false;
  const closeAfter = (answer: ServerResponse) => {
    if (!answer.headersSent) answer.setHeader("Connection", "close");
    // It has promised to stay open, and ends when what is written has gone.
    else answer.once("finish", () => answer.req.socket.end());
  };
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    answers.add(response);
    response.once("close", () => answers.delete(response));
    if (isClosing) closeAfter(response);
  });
  return () => {
    isClosing = true;
    for (const answer of answers) closeAfter(answer);
  };
}
