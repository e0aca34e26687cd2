import { draw } from "./draw.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { type ApiFault, type FaultSettings, quiet, type Share } from "./settings.ts";

/** Ids, tokens and secrets in a path differ from run to run; two runs must count alike. */
function shapeOf(path: string): string {
  return path
    .split("/")
    .map((part) => (/^[a-z_-]*$/.test(part) ? part : "*"))
    .join("/");
}

/**
 * Faults on demand, switches of the running process that end with it. What a share strikes is drawn by the
 * seed and the number of the call (of its method and path) or of the event (of its endpoint and type),
 * counted from when the settings were made: not by the moment at which it comes.
 */
export class Faults {
  #settings = quiet();
  #counts = new Map<string, number>();
  readonly #limiter = new RateLimiter();

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Sets what goes wrong from now on; the same settings draw the same faults again. */
  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#counts = new Map();
    this.#limiter.reset();
  }

  /** Back to no faults at all. */
  clear(): void {
    this.set(quiet());
  }

  /** Names the next of its kind: `count("order.paid")` is "order.paid 1", then "order.paid 2". */
  count(kind: string): string {
    const next = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, next);
    return `${kind} ${next}`;
  }

  /** What this call meets, counting it: a fault or none, and how many milliseconds it waits before. */
  takeCall(method: string, path: string): { fault: ApiFault | null; latency: number } {
    const { api, seed } = this.#settings;
    if (!path.startsWith(api.path)) return { fault: null, latency: 0 };
    const call = this.count(`${method} ${shapeOf(path)}`);
    const latency = api.latency_ms + draw(seed, "latency", call) * api.latency_jitter_ms;
    if (!api.fault || api.remaining === 0 || draw(seed, "api", call) >= api.share)
      return { fault: null, latency };
    if (api.remaining !== null) api.remaining -= 1;
    return { fault: api.fault, latency };
  }

  /** Seconds to wait when Polar's own limit of calls is on and reached; null otherwise. */
  takeLimit(now: number): number | null {
    const { limit } = this.#settings.api;
    return limit ? this.#limiter.take(limit, now) : null;
  }

  /** Whether this delivery is to be lost, counting it. */
  takeDrop(attempt: string): boolean {
    const { webhooks } = this.#settings;
    if (webhooks.drop <= 0) return this.strikes("drop_share", attempt);
    webhooks.drop -= 1;
    return true;
  }

  /** Whether this event, or this attempt, is among the share of a webhook fault. */
  strikes(fault: Share, subject: string): boolean {
    const share = this.#settings.webhooks[fault];
    return share > 0 && draw(this.#settings.seed, fault, subject) < share;
  }

  /** By how many milliseconds an event is late. */
  delayOf(event: string): number {
    const { delay_ms, shuffle_ms } = this.#settings.webhooks;
    const shuffled = shuffle_ms > 0 ? draw(this.#settings.seed, "shuffle", event) : 0;
    return delay_ms + Math.floor(shuffled * shuffle_ms);
  }

  /** From 0 to 1, to spread the retries of webhooks. */
  jitter(attempt: string): number {
    return draw(this.#settings.seed, "jitter", attempt);
  }
}
