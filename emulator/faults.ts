/** What an API call meets instead of an answer. */
export const API_FAULTS = ["error_500", "error_503", "rate_limit", "reset"] as const;
export type ApiFault = (typeof API_FAULTS)[number];

export interface FaultSettings {
  api: {
    /** What goes wrong; null for nothing. */
    fault: ApiFault | null;
    /** For how many more calls; null for all of them. */
    remaining: number | null;
    /** Only calls of paths that begin so meet it. */
    path: string;
    /** What a rate limit tells to wait, in seconds. */
    retry_after: number;
    /** Extra time before each answer, in milliseconds. */
    latency_ms: number;
  };
  webhooks: {
    /** Nothing is sent while this is on; it is sent afterwards. */
    hold: boolean;
    /** For how many more deliveries Polar believes to have delivered what was never sent. */
    drop: number;
    /** Each delivery is sent twice. */
    duplicate: boolean;
  };
}

/** Faults on demand. They are switches of the running process and end with it. */
export class Faults {
  settings: FaultSettings = quiet();

  /** Back to no faults at all. */
  clear(): void {
    this.settings = quiet();
  }

  /** The fault for this call, counting it. */
  takeApiFault(path: string): ApiFault | null {
    const { api } = this.settings;
    if (!api.fault || api.remaining === 0 || !path.startsWith(api.path)) return null;
    if (api.remaining !== null) api.remaining -= 1;
    return api.fault;
  }

  /** Whether this delivery is to be lost, counting it. */
  takeDrop(): boolean {
    const { webhooks } = this.settings;
    if (webhooks.drop <= 0) return false;
    webhooks.drop -= 1;
    return true;
  }
}

function quiet(): FaultSettings {
  return {
    api: { fault: null, remaining: null, path: "/v1", retry_after: 1, latency_ms: 0 },
    webhooks: { hold: false, drop: 0, duplicate: false },
  };
}
