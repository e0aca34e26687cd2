import { attributes, type Html, html } from "../../pages/html.ts";
import { inputField, selectField } from "../../pages/parts/field.ts";
import type { World } from "../../world.ts";
import type { View } from "../context.ts";
import { type Column, table } from "./table.ts";

const PAGE_SIZE = 25;
/** So many of what belongs to an object are shown on its page. */
const RELATED = 8;

interface Filter<T> {
  name: string;
  label: string;
  options: (world: World) => readonly (readonly [value: string, words: string])[];
  matches: (world: World, document: T, value: string) => boolean;
}

/** How one kind of object is listed, on a page of its own and on the pages of others. */
export interface Listing<T extends { id: string }> {
  path: string;
  title: string;
  /** Several of them, within a sentence. */
  noun: string;
  /** All of them, oldest first. */
  all: (world: World) => readonly T[];
  /** What is searched, beside the id. */
  text: (world: World, document: T) => readonly (string | null | undefined)[];
  columns: (world: World) => readonly Column<T>[];
  filters?: readonly Filter<T>[];
}

function search<T extends { id: string }>(
  world: World,
  listing: Listing<T>,
  query: URLSearchParams,
): T[] {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const filters = (listing.filters ?? []).flatMap((filter) => {
    const value = query.get(filter.name);
    return value ? [{ filter, value }] : [];
  });
  const newestFirst = [...listing.all(world)].reverse();
  if (words.length === 0 && filters.length === 0) return newestFirst;
  return newestFirst.filter((document) => {
    if (!filters.every(({ filter, value }) => filter.matches(world, document, value))) return false;
    const text = [document.id, ...listing.text(world, document)].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function searchForm<T extends { id: string }>(
  world: World,
  listing: Listing<T>,
  query: URLSearchParams,
): Html {
  return html`<form class="search" action="/console/${listing.path}" role="search">
    ${inputField({
      id: "q",
      name: "q",
      label: `Search ${listing.noun}`,
      control: { type: "search", value: query.get("q") ?? "", autocomplete: "off" },
    })}
    ${(listing.filters ?? []).map(({ name, label, options }) =>
      selectField({
        id: `filter-${name}`,
        name,
        label,
        options: [["", "All"], ...options(world)],
        chosen: query.get(name) ?? "",
      }),
    )}
    <button class="quiet">Search</button>
  </form>`;
}

function pager(path: string, query: URLSearchParams, page: number, pages: number): Html | null {
  if (pages <= 1) return null;
  const link = (target: number, words: string, rel: string) => {
    const address = new URLSearchParams(query);
    address.set("page", String(target));
    address.delete("notice");
    return html`<a${attributes({ href: `/console/${path}?${address}`, rel, class: "button quiet" })}>${words}</a>`;
  };
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 && link(page - 1, "Newer", "prev")}
    <span>Page ${page} of ${pages}</span>
    ${page < pages && link(page + 1, "Older", "next")}
  </nav>`;
}

/** The page of a list: newest first, searched and paged. `extra` stands above it. */
export function listView<T extends { id: string }>(
  world: World,
  listing: Listing<T>,
  query: URLSearchParams,
  extra: Html | null = null,
): View {
  const found = search(world, listing, query);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, Math.floor(Number(query.get("page")) || 1)), pages);
  const rows = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const isNarrowed = [...query].some(
    ([name, value]) => value && name !== "page" && name !== "notice",
  );
  return {
    title: listing.title,
    body: html`<div class="row"><h1>${listing.title}</h1><span class="note">${found.length.toLocaleString("en-US")} ${isNarrowed ? "found" : "in all"}</span></div>
    ${extra}
    ${searchForm(world, listing, query)}
    ${
      rows.length > 0
        ? html`<div class="panel list">${table(listing.title, listing.columns(world), rows)}</div>`
        : html`<p class="panel empty">${isNarrowed ? `No ${listing.noun} are found.` : `There are no ${listing.noun} yet.`}</p>`
    }
    ${pager(listing.path, query, page, pages)}`,
  };
}

/**
 * What belongs to an object, newest first, as part of that object's page. Nothing without any.
 *
 * @param owner the column that says to what, which the page says already
 * @param more the query of the list that shows all of them
 */
export function related<T extends { id: string }>(
  world: World,
  listing: Listing<T>,
  documents: readonly T[],
  owner = "",
  more: string | null = null,
): Html | null {
  if (documents.length === 0) return null;
  const columns = listing.columns(world).filter(({ head }) => head !== owner);
  const shown = documents.slice(-RELATED).reverse();
  const rest = documents.length - shown.length;
  return html`<section>
    <h2>${listing.title}</h2>
    <div class="panel list">${table(listing.title, columns, shown)}</div>
    ${
      rest > 0 &&
      (more
        ? html`<p class="note"><a href="/console/${listing.path}?${more}">All ${documents.length} ${listing.noun}</a></p>`
        : html`<p class="note">and ${rest} older ones</p>`)
    }
  </section>`;
}
