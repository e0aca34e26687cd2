import { type Html, html } from "../../pages/html.ts";
import type { View } from "../context.ts";
import { code } from "./text.ts";

interface ObjectPage {
  /** What the browser calls the page, and the heading where `heading` is left out. */
  title: string;
  id: string;
  kind: string;
  status?: Html | null;
  actions: Html | null;
  facts: Html;
  /** What belongs to it. */
  parts: readonly (Html | null)[];
  source: Html;
}

/** The page of one object: what it is, what can be done, what belongs to it, and its JSON. */
export function objectView(page: ObjectPage): View {
  return {
    title: page.title,
    body: html`<div>
      <p class="eyebrow">${page.kind}</p>
      <div class="row start"><h1>${page.title}</h1>${page.status ?? null}</div>
      <p class="id">${code(page.id)}</p>
    </div>
    ${page.actions}
    <div class="panel">${page.facts}</div>
    ${page.parts}
    <section>${page.source}</section>`,
  };
}
