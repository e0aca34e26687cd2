import { isRecord } from "./schema.ts";

type Query = Record<string, unknown>;

/** Without a prototype, so that no name that a client sends finds something of JavaScript's own. */
const empty = (): Query => Object.create(null) as Query;

function add(target: Query, key: string, value: string): void {
  const before = target[key];
  target[key] = before === undefined ? value : [before, value].flat();
}

/** Reads a query string: repeated keys become lists, `metadata[key]=value` becomes an object. */
export function parseQuery(search: URLSearchParams): Query {
  const query = empty();
  for (const [key, value] of search) {
    const nested = /^(\w+)\[([^\]]+)\]$/.exec(key);
    if (!nested) {
      add(query, key, value);
      continue;
    }
    const [, name = "", inner = ""] = nested;
    const target = isRecord(query[name]) ? query[name] : empty();
    add(target, inner, value);
    query[name] = target;
  }
  return query;
}

/** Whether a text holds what `query` asks for, in whatever case; everything does where nothing is asked. */
export function contains(text: string | null, query: unknown): boolean {
  if (query === undefined) return true;
  return (text ?? "").toLowerCase().includes(String(query).toLowerCase());
}
