import type { models } from "@polar-sh/sdk/2026-10";
import { invalidRequest } from "./errors.ts";
import { type Infer, integer, object, parse, withDefault } from "./schema.ts";

/** Larger pages than this are cut to it, as Polar does. */
const LARGEST_PAGE = 100;

export interface Page<T> {
  items: T[];
  pagination: models.Pagination;
}

const pageSchema = object({
  page: withDefault(integer({ min: 1 }), 1),
  limit: withDefault(integer({ min: 1 }), 10),
});

/** Cuts a page out of everything that matches and makes its answer. */
export function paginate<D, T>(
  found: readonly D[],
  query: Record<string, unknown>,
  serialize: (document: D) => T,
): Page<T> {
  const { page, limit: asked }: Infer<typeof pageSchema> = parse(pageSchema, query, ["query"]);
  const limit = Math.min(asked, LARGEST_PAGE);
  return {
    items: found.slice((page - 1) * limit, page * limit).map(serialize),
    pagination: {
      total_count: found.length,
      max_page: Math.ceil(found.length / limit),
    },
  };
}

type Key<D> = (document: D) => string | number | boolean | null;

/**
 * Sorts by the query's `sorting` (a leading `-` means descending), or by `fallback`.
 * `keys` maps each property that may be asked for to what it reads.
 */
export function sort<D>(
  found: readonly D[],
  query: Record<string, unknown>,
  keys: Record<string, Key<D>>,
  fallback: readonly string[],
): D[] {
  const asked = query.sorting === undefined ? fallback : [query.sorting].flat().map(String);
  const order = asked.map((property, index) => {
    const descending = property.startsWith("-");
    const name = descending ? property.slice(1) : property;
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!key)
      throw invalidRequest([
        {
          type: "enum",
          loc: ["query", "sorting", index],
          msg: `Input should be ${Object.keys(keys)
            .flatMap((name) => [`'${name}'`, `'-${name}'`])
            .join(", ")}`,
          input: property,
        },
      ]);
    return { key, sign: descending ? -1 : 1 };
  });
  return [...found].sort((a, b) => {
    for (const { key, sign } of order) {
      const [x, y] = [key(a), key(b)];
      if (x === y) continue;
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -sign : sign;
    }
    return 0;
  });
}

/** Whether a document's metadata has the values that `metadata[key]=value` asks for. */
export function matchesMetadata(
  metadata: Record<string, unknown>,
  query: Record<string, unknown>,
): boolean {
  const wanted = query.metadata;
  if (typeof wanted !== "object" || wanted === null) return true;
  return Object.entries(wanted).every(([key, values]) =>
    [values]
      .flat()
      .some((value) => Object.hasOwn(metadata, key) && String(metadata[key]) === String(value)),
  );
}
