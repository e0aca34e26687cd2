import { Random } from "./random.ts";

/** What an API call meets instead of an answer. */
export const API_FAULTS = ["error_500", "error_503", "rate_limit", "reset"] as const;
export type ApiFault = (typeof API_FAULTS)[number];

/** What a delivery of a webhook meets. Shares are from 0 to 1. */
export interface WebhookFaults {
  /** Nothing is sent while this is on; it is sent afterwards. */
  hold: boolean;
  /** For how many more deliveries Polar believes to have delivered what was never sent. */
  drop: number;
  /** The share of deliveries that are sent twice. */
  duplicate: number;
  /** Events are sent in any order, up to this many milliseconds late. */
  shuffle_ms: number;
  /** The share of attempts with a signature that is wrong; their retries are right. */
  bad_signature: number;
  /** The share of attempts with a timestamp of ten minutes ago, rightly signed. */
  old_timestamp: number;
  /** The share of events that are joined by one of a type that nobody knows. */
  unknown_type: number;
  /** The share of events with a field, and a value of a known field, that nobody knows. */
  unknown_field: number;
}

export interface FaultSettings {
  /** What the shares are drawn by. */
  seed: number;
  api: {
    /** What goes wrong; null for nothing. */
    fault: ApiFault | null;
    /** For how many more calls; null for all of them. */
    remaining: number | null;
    /** For which share of the calls, from 0 to 1. */
    share: number;
    /** Only calls of paths that begin so meet it. */
    path: string;
    /** What a rate limit tells to wait, in seconds. */
    retry_after: number;
    /** Extra time before each answer, in milliseconds. */
    latency_ms: number;
  };
  webhooks: WebhookFaults;
}

type Share = "duplicate" | "bad_signature" | "old_timestamp" | "unknown_type" | "unknown_field";

/** Faults on demand. They are switches of the running process and end with it. */
export class Faults {
  #settings = quiet();
  #random = new Random(1);

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Sets what goes wrong from now on; the same settings draw the same faults again. */
  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#random = new Random(settings.seed);
  }

  /** Back to no faults at all. */
  clear(): void {
    this.set(quiet());
  }

  /** The fault for this call, counting it. */
  takeApiFault(path: string): ApiFault | null {
    const { api } = this.#settings;
    if (!api.fault || api.remaining === 0 || !path.startsWith(api.path)) return null;
    if (api.share < 1 && !this.#random.chance(api.share)) return null;
    if (api.remaining !== null) api.remaining -= 1;
    return api.fault;
  }

  /** Whether this delivery is to be lost, counting it. */
  takeDrop(): boolean {
    const { webhooks } = this.#settings;
    if (webhooks.drop <= 0) return false;
    webhooks.drop -= 1;
    return true;
  }

  /** Whether this one is among the share of a webhook fault. */
  strikes(fault: Share): boolean {
    return this.#random.chance(this.#settings.webhooks[fault]);
  }

  /** By how many milliseconds an event is late. */
  takeDelay(): number {
    const { shuffle_ms } = this.#settings.webhooks;
    return shuffle_ms > 0 ? Math.floor(this.#random.next() * shuffle_ms) : 0;
  }
}

/** The settings without any fault. */
export function quiet(): FaultSettings {
  return {
    seed: 1,
    api: {
      fault: null,
      remaining: null,
      share: 1,
      path: "/v1",
      retry_after: 1,
      latency_ms: 0,
    },
    webhooks: {
      hold: false,
      drop: 0,
      duplicate: 0,
      shuffle_ms: 0,
      bad_signature: 0,
      old_timestamp: 0,
      unknown_type: 0,
      unknown_field: 0,
    },
  };
}
