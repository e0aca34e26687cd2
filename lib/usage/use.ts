import { z } from "zod";
import { meter } from "@/lib/billing/catalog";
import { type EventMetadata, type EventName, eventSchemas } from "@/lib/billing/catalog-events";
import { isStorable } from "@/lib/storable";

/** A use as it is stored: checked, with the units that the meter counts. */
export type Use = {
  workspaceId: string;
  name: EventName;
  units: number;
  metadata: Record<string, string | number | boolean>;
  source: string | null;
  idempotencyKey: string;
};

export type UseOptions = {
  /**
   * Names the piece of work: the same key of the same workspace again is the same use, of as many units, for at least 7
   * days.
   */
  idempotencyKey: string;
  /** What made it, such as an API key's id, by which use can be told apart. */
  source?: string;
};

/**
 * What was to be counted is not an event of the catalog, or not what its key names. The message says why, and holds no
 * text.
 */
export class UsageEventError extends Error {
  override name = "UsageEventError";
}

/**
 * A key names one piece of work, so it comes with the same units each time: with others it would let units through that
 * nobody has checked, or count fewer than were used.
 *
 * @throws {UsageEventError} when they differ.
 */
export function sameUnits(before: number, units: number): void {
  if (before === units) return;
  throw new UsageEventError(
    `The idempotency key names a use of ${before} units, and cannot name one of ${units}.`,
  );
}

const storable = (least: number, most: number) =>
  z.string().min(least).max(most).refine(isStorable, "holds what cannot be stored");

/** What Polar takes as metadata (its ingestion schema: 50 keys of 40 characters, texts of 500). */
const sendable = z
  .record(storable(1, 40), z.union([storable(1, 500), z.number(), z.boolean()]))
  .refine((metadata) => Object.keys(metadata).length <= 50, "has more than 50 properties");

const about = z.object({
  workspaceId: storable(1, 255),
  idempotencyKey: storable(1, 255),
  source: storable(1, 255).nullable(),
});

function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    ({ path, message }) => `${path.join(".") || "it"}: ${message}`,
  );
  throw new UsageEventError(`${what} is not right: ${issues.join("; ")}.`);
}

/**
 * Checks a use against the catalog, also where no compiler did.
 *
 * @throws {UsageEventError} for a name that the catalog does not know, or metadata that is not of its type.
 */
export function readUse<Name extends EventName>(
  workspaceId: string,
  name: Name,
  metadata: EventMetadata<Name>,
  { idempotencyKey, source = "" }: UseOptions,
): Use {
  if (!Object.hasOwn(eventSchemas, name)) {
    const known = Object.keys(eventSchemas).join(", ");
    throw new UsageEventError(`The catalog has no such usage event. It has: ${known}.`);
  }
  const given = read(eventSchemas[name], metadata, `The metadata of ${name}`);
  const sent = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...read(about, { workspaceId, idempotencyKey, source: source || null }, "The use"),
    name,
    units: given[meter.property],
    metadata: read(sendable, Object.fromEntries(sent), `The metadata of ${name}`),
  };
}
