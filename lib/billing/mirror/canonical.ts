import "server-only";
import { createHash } from "node:crypto";

/** The same moment written as Polar and as PostgreSQL write it, both in UTC, to the microsecond. */
export function canonical(value: unknown): unknown {
  if (typeof value !== "string") return value ?? null;
  const moment = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::?00)?)$/.exec(
    value,
  );
  return moment ? `${moment[1]}T${moment[2]}.${(moment[3] ?? "").padEnd(6, "0")}` : value;
}

/** A hash of what a row says, in whatever order its fields stand, apart from when that was observed. */
export function digestOf(row: object): string {
  const said = Object.entries(row)
    .filter(([name]) => name !== "observedAt")
    .map(([name, value]) => [name, canonical(value)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
