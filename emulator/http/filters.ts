import { type Issue, invalidRequest } from "./errors.ts";
import { list, type Schema } from "./schema.ts";

type Loc = (string | number)[];

/** One filter of a list: reads its query parameter, and tells which documents it lets through. */
export type Filter<D> = (value: unknown, loc: Loc, issues: Issue[]) => (document: D) => boolean;

/** A filter that may be given several times, with a test of its own for all the values. */
export function several<D, T>(
  item: Schema<T>,
  test: (document: D, wanted: readonly NoInfer<T>[]) => boolean,
): Filter<D> {
  return (value, loc, issues) => {
    const wanted = list(item).read(value, loc, issues);
    return (document) => test(document, wanted);
  };
}

/** A filter that may be given several times: it lets through what has one of the values. */
export function among<D, T>(
  item: Schema<T>,
  read: (document: D) => NoInfer<T> | null | undefined,
): Filter<D> {
  return several(item, (document: D, wanted: readonly unknown[]) =>
    wanted.includes(read(document)),
  );
}

/** A filter that is given once (of several, the last counts), with a test of its own. */
export function given<D, T>(
  schema: Schema<T>,
  test: (document: D, wanted: NoInfer<T>) => boolean,
): Filter<D> {
  return (value, loc, issues) => {
    const wanted = schema.read(Array.isArray(value) ? value.at(-1) : value, loc, issues);
    return (document) => test(document, wanted);
  };
}

/**
 * Keeps the documents that every filter in the query lets through; one that is not given lets everything
 * through, and a parameter without a filter is ignored, as at Polar.
 *
 * @throws ApiError 422 with every value that a filter cannot have.
 */
export function filterBy<D>(
  documents: readonly D[],
  query: Record<string, unknown>,
  filters: Record<string, Filter<D>>,
): D[] {
  const issues: Issue[] = [];
  const active = Object.entries(filters).flatMap(([name, filter]) => {
    const value = query[name];
    return value === undefined ? [] : [filter(value, ["query", name], issues)];
  });
  if (issues.length > 0) throw invalidRequest(issues);
  return documents.filter((document) => active.every((passes) => passes(document)));
}
