import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** As Polar: no answer within this time is a failure. */
export const DELIVERY_TIMEOUT_MS = 10_000;

/** No more than this much of an answer is kept. */
const MOST_RESPONSE_BYTES = 4096;

export interface Answer {
  /** null when there was none: refused, reset or too late. */
  code: number | null;
  /** The answer's text, or why there is none. */
  text: string;
}

/** Keeps connections, so that thousands of deliveries to one endpoint do not use up all ports. */
export class Sender {
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });

  /** Posts once. Redirects are not followed; never rejects. */
  post(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const secure = url.startsWith("https:");
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: "POST",
      agent: secure ? this.#https : this.#http,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
    });
    request.on("error", (error) => resolve({ code: null, text: error.message }));
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (text.length < MOST_RESPONSE_BYTES) text += chunk;
      });
      response.on("error", (error) => resolve({ code: null, text: error.message }));
      response.on("end", () =>
        resolve({ code: response.statusCode ?? null, text: text.slice(0, MOST_RESPONSE_BYTES) }),
      );
    });
    request.end(body);
    return promise;
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
