export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A parameter given twice counts as not given. */
export function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
