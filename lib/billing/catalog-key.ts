/** The metadata field in which Polar's objects carry the catalog's key. */
export const catalogKeyField = "catalog_key";

/** The catalog's key of a Polar object, or null. */
export function catalogKey(
  holder: { metadata: Record<string, unknown> } | null | undefined,
): string | null {
  const key = holder?.metadata[catalogKeyField];
  return typeof key === "string" ? key : null;
}
