import type { Instant } from "../time.ts";

/**
 * What is kept of each resource. Answers and payloads are made from these by the serializers in
 * `resources/`. Amounts are in minor units (cents), dates ISO 8601 UTC with microseconds.
 */
export interface Base {
  id: string;
  created_at: Instant;
  modified_at: Instant | null;
}

export type Metadata = Record<string, string | number | boolean>;
