import type { DeliveryQueue } from "../deliveries/queue.ts";
import { ApiError } from "../http/errors.ts";
import { Reply, type Router } from "../http/router.ts";
import { isRecord } from "../http/schema.ts";
import type { Html } from "../pages/html.ts";
import type { World } from "../world.ts";

/** What the console shows and acts on. What the API can do is done through its own routes. */
export class Console {
  readonly world: World;
  readonly queue: DeliveryQueue;
  readonly #api: Router;

  constructor(world: World, queue: DeliveryQueue, api: Router) {
    this.world = world;
    this.queue = queue;
    this.#api = api;
  }

  /**
   * Calls Polar's API as a client would, without a token and without faults.
   *
   * @returns the body of the answer.
   * @throws ApiError as the API answers it.
   */
  call(method: string, path: string, body?: unknown): unknown {
    const { handle, params } = this.#api.find(method, path);
    const { world } = this;
    const result = world.store.transaction(() =>
      handle({ world, params, query: {}, body, session: null }),
    );
    return result instanceof Reply ? result.body : result;
  }

  /** One field of an answer, where it is text. */
  callFor(field: string, method: string, path: string, body?: unknown): string {
    const answer = this.call(method, path, body);
    const value = isRecord(answer) ? answer[field] : undefined;
    if (typeof value !== "string") throw new Error(`${method} ${path} answers no ${field}`);
    return value;
  }
}

/** What an action did, in words; `href` leads elsewhere than back to the page. */
export interface Outcome {
  text: string;
  href?: string;
}

/** A page's content. `status` is 404 for what is not there. */
export interface View {
  title: string;
  body: Html;
}

/** One part of the console: its list, the page of one object, and what can be done there. */
export interface Section {
  /** In the address: `/console/{path}`. */
  path: string;
  title: string;
  list: (context: Console, query: URLSearchParams) => View;
  /** The page of one object; null when there is none of this id. */
  show?: (context: Console, id: string, query: URLSearchParams) => View | null;
  /** Does what a form of the list (`id` is null then) or of an object's page asks for. */
  act?: (context: Console, id: string | null, form: URLSearchParams) => Outcome | Promise<Outcome>;
}

/** An error of the API in a sentence for people. */
export function sentence(error: ApiError): string {
  const { body } = error;
  const detail = isRecord(body) ? body.detail : undefined;
  if (typeof detail === "string") return detail;
  const [first]: unknown[] = Array.isArray(detail) ? detail : [];
  if (!isRecord(first)) return "The API refused this.";
  const field = Array.isArray(first.loc) ? first.loc.slice(1).join(".") : "";
  return `${field ? `${field}: ` : ""}${String(first.msg)}`;
}

/** What a form asked for that no page of the console offers. */
export function unknownAction(): ApiError {
  return new ApiError(404, { error: "ResourceNotFound", detail: "There is no such action." });
}
