/** Reads a query string: repeated keys become lists, `metadata[key]=value` becomes an object. */
export function parseQuery(search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  const add = (target: Record<string, unknown>, key: string, value: string) => {
    const before = target[key];
    target[key] = before === undefined ? value : [before, value].flat();
  };
  for (const [key, value] of search) {
    const nested = /^(\w+)\[([^\]]+)\]$/.exec(key);
    if (!nested) {
      add(query, key, value);
      continue;
    }
    const [, name = "", inner = ""] = nested;
    const target = (query[name] ?? {}) as Record<string, unknown>;
    add(target, inner, value);
    query[name] = target;
  }
  return query;
}

type Read<D> = (document: D) => unknown;

/**
 * Keeps the documents that every given filter lets through. `filters` maps query parameters to what they
 * compare with; a parameter may be given several times (any of them) or not at all (everything).
 */
export function filterBy<D>(
  documents: readonly D[],
  query: Record<string, unknown>,
  filters: Record<string, Read<D>>,
): D[] {
  const active = Object.entries(filters).flatMap(([name, read]) => {
    const value = query[name];
    return value === undefined ? [] : [{ wanted: new Set([value].flat().map(String)), read }];
  });
  return documents.filter((document) =>
    active.every(({ wanted, read }) => wanted.has(String(read(document)))),
  );
}

/** Whether a text holds what `query` asks for, in whatever case; everything does where nothing is asked. */
export function contains(text: string | null, query: unknown): boolean {
  if (query === undefined) return true;
  return (text ?? "").toLowerCase().includes(String(query).toLowerCase());
}
