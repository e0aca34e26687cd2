import type { IncomingMessage } from "node:http";
import { polarError } from "./errors.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Decides which requests may come in: the developer's own, not those of other websites in the browser. */
export class Gate {
  readonly #hosts: Set<string>;

  /** @param hosts further names, with their port, that the emulator may be reached by */
  constructor(port: number, hosts: readonly string[]) {
    this.#hosts = new Set([...LOOPBACK.map((name) => `${name}:${port}`), ...hosts]);
    // Browsers leave the default port out.
    if (port === 80) for (const name of LOOPBACK) this.#hosts.add(name);
  }

  /**
   * Refuses a name that is not this machine's: a website whose name has been made to lead here (DNS
   * rebinding) would count as the same origin otherwise.
   *
   * @throws ApiError 403
   */
  checkHost(request: IncomingMessage): void {
    if (this.#hosts.has((request.headers.host ?? "").toLowerCase())) return;
    throw polarError(
      403,
      "UnknownHost",
      `The local Polar is not known by the name "${request.headers.host ?? ""}": call it at 127.0.0.1, or start it with --hosts.`,
    );
  }

  /**
   * Refuses what changes something and comes from a page of another origin. What is no browser sends
   * neither header.
   *
   * @throws ApiError 403
   */
  checkOrigin(request: IncomingMessage): void {
    if (request.method === "GET" || request.method === "HEAD") return;
    const { origin, host, "sec-fetch-site": site } = request.headers;
    const isOwn =
      site === undefined
        ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
        : site === "same-origin" || site === "none";
    if (!isOwn)
      throw polarError(403, "ForeignOrigin", "Pages of other origins change nothing here.");
  }
}
