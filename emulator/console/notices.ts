import { newId } from "../ids.ts";

/** A word on what an action did. */
export interface Notice {
  tone: "good" | "bad";
  text: string;
}

const MOST_KEPT = 100;

/** What actions did, until their pages are shown: so that an address cannot put words into a page. */
export class Notices {
  readonly #kept = new Map<string, Notice>();

  /** @returns the name under which a page's address may ask for it. */
  keep(notice: Notice): string {
    const id = newId();
    this.#kept.set(id, notice);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest) this.#kept.delete(oldest);
    return id;
  }

  get(id: string | null): Notice | null {
    return (id && this.#kept.get(id)) || null;
  }
}
