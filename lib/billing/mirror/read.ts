import "server-only";
import { logger } from "@/lib/observability/logger";
import { type MirrorKind, type MirrorRow, mirrored } from "./rows";

/** One of Polar's objects with the row that it makes. */
export type Read = { data: unknown; row: MirrorRow };

/** An object that lacks what we need. */
export type Unreadable = { kind: MirrorKind; id: string; error: string };

/** A pull has stored what it could; these objects it could not read. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
  constructor(unreadable: readonly Unreadable[]) {
    super(unreadable.map(({ id, error }) => `${id}: ${error}`).join("; "));
  }
}

/** Reads a list's objects; those that lack what we need hold up nothing else. */
export function readAll(
  kind: MirrorKind,
  items: readonly unknown[],
  observedAt: string,
): { read: Read[]; unreadable: Unreadable[] } {
  const read: Read[] = [];
  const unreadable: Unreadable[] = [];
  for (const data of items) {
    try {
      read.push({ data, row: mirrored[kind].read(data, observedAt) });
    } catch (error) {
      unreadable.push({
        kind,
        id: String((data as { id?: unknown } | null)?.id),
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { read, unreadable };
}

/** Waits for a pull that somebody waits for: an object that cannot be read is logged and stops nobody. */
export async function asFarAsReadable(pulling: Promise<void>): Promise<void> {
  try {
    await pulling;
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    logger.error({ err: error }, "Polar has objects that cannot be read");
  }
}
