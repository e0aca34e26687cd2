/** Text that is markup already. Made by {@link html} and {@link trusted} only. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template may hold: text is escaped, lists are joined, `false` and nothing leave no trace. */
export type Renderable = Html | string | number | false | null | undefined | readonly Renderable[];

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(value: Renderable): string {
  if (value === false || value === null || value === undefined) return "";
  if (value instanceof Html) return value.toString();
  if (typeof value === "object") return value.map(render).join("");
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** Markup with every interpolated value escaped. Attribute values must stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: Renderable[]): Html {
  return new Html(parts.map((part, index) => part + render(values[index])).join(""));
}

/** Markup from this code itself, such as a stylesheet. Never for anything that came from outside. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** Attributes of an element, each after a space: `true` stands bare; `false` and `null` are left out. */
export function attributes(values: Record<string, string | number | boolean | null>): Html {
  const present = Object.entries(values).filter(([, value]) => value !== false && value !== null);
  return new Html(
    present
      .map(([name, value]) => (value === true ? html` ${name}` : html` ${name}="${String(value)}"`))
      .join(""),
  );
}
