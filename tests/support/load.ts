import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { envelope, signed, subscription } from "./webhooks";

/** How a request ended: with a whole answer, with none at all, or with one that was cut off in the middle. */
export type Outcome = {
  id: string;
  path: string;
  status: number | null;
  end: "whole" | "none" | "cut";
  /** The error's code where there was no whole answer. */
  code?: string | undefined;
};

async function outcomeOf(sent: ClientRequest, id: string, path: string): Promise<Outcome> {
  let answer: IncomingMessage | undefined;
  try {
    [answer] = (await once(sent, "response")) as [IncomingMessage];
    for await (const _ of answer);
    const status = answer.statusCode ?? null;
    return { id, path, status, end: "whole" };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const end = answer ? "cut" : "none";
    return { id, path, status: null, end, code };
  }
}

/**
 * Sends signed webhooks and reads a page in turn, over so many connections that stay open, each until its server is
 * gone.
 *
 * @param url where the app answers.
 * @param onAnswer called for each whole answer, with how many there were.
 * @returns when every connection's server is gone: how each request ended.
 */
export async function loadUntilGone(
  url: string,
  secret: string,
  connections: number,
  onAnswer: (count: number) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let count = 0;
  async function connection(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; ; turn++) {
      const id = randomUUID();
      const isPage = turn % 3 === 2;
      const path = isPage ? "/pricing" : "/api/webhooks/polar";
      const body = isPage ? "" : envelope("subscription.created", subscription(randomUUID()));
      const headers = isPage
        ? {}
        : { ...signed(body, secret, id), "content-length": Buffer.byteLength(body) };
      const sent = request(url + path, { method: isPage ? "GET" : "POST", headers, agent });
      sent.end(body);
      const outcome = await outcomeOf(sent, id, path);
      outcomes.push(outcome);
      if (outcome.end === "whole") onAnswer(++count);
      // Another connection may still be taken where one was closed.
      if (outcome.code === "ECONNREFUSED") break;
    }
    agent.destroy();
  }
  await Promise.all(Array.from({ length: connections }, connection));
  return outcomes;
}
