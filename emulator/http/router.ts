import type { SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { notEmulated } from "./errors.ts";
import { parse, uuid } from "./schema.ts";

/** One request, read. `query` holds lists for repeated keys and objects for `metadata[key]`. */
export interface Call {
  world: World;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  /** Whose call it is, in the customer portal's API. */
  session?: SessionDoc | null;
}

/** An answer with another status than 200. */
export class Reply {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body?: unknown) {
    this.status = status;
    this.body = body;
  }
}

/** Answers within one transaction: it returns the body (status 200) or a `Reply`, or throws an `ApiError`. */
export type Handler = (call: Call) => unknown;

/** Handlers by method and path, for example `GET /v1/products/{id}`. */
export type Routes = Record<string, Handler>;

export function created(body: unknown): Reply {
  return new Reply(201, body);
}

interface Found {
  handle: Handler;
  params: Record<string, string>;
}

interface Entry {
  method: string;
  parts: string[];
  handle: Handler;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** A part with its escapes resolved; one that is no valid escape stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function match(entry: Entry, parts: readonly string[]): Record<string, string> | null {
  if (entry.parts.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of entry.parts.entries()) {
    const part = parts[index] ?? "";
    if (wanted.startsWith("{")) params[wanted.slice(1, -1)] = part;
    else if (wanted !== part) return null;
  }
  return params;
}

/** Reads what is an id of Polar's; a seller's own, `external_id`, may be anything. */
function withReadIds(params: Record<string, string>): Record<string, string> {
  const read = Object.entries(params).map(([name, part]) => {
    const isId = name === "id" || (name.endsWith("_id") && name !== "external_id");
    return [name, isId ? parse(uuid(), part, ["path", name]) : part];
  });
  return Object.fromEntries(read);
}

/** Finds handlers by method and path; a slash at the end makes no difference, as at Polar. */
export class Router {
  readonly #entries: Entry[];

  constructor(tables: readonly Routes[]) {
    this.#entries = tables
      .flatMap((routes) => Object.entries(routes))
      .map(([route, handle]) => {
        const [method = "", path = ""] = route.split(" ");
        return { method, parts: partsOf(path), handle };
      })
      // A fixed part goes before a parameter: /events/names is not the event "names".
      .sort((a, b) => Number(a.parts.join().includes("{")) - Number(b.parts.join().includes("{")));
  }

  /** @throws ApiError 501 for what is not emulated, 422 for an id that is none. */
  find(method: string, path: string): Found {
    const found = this.#find(method, path);
    if (!found) throw notEmulated(`${method} ${path}`);
    return { ...found, params: withReadIds(found.params) };
  }

  has(method: string, path: string): boolean {
    return this.#find(method, path) !== undefined;
  }

  #find(method: string, path: string): Found | undefined {
    const parts = partsOf(path).map(decoded);
    for (const entry of this.#entries) {
      if (entry.method !== method) continue;
      const params = match(entry, parts);
      if (params) return { handle: entry.handle, params };
    }
    return undefined;
  }
}
