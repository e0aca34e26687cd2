/** A page of a list, newest first, and where the next one begins; null where nothing follows. */
export type PageOf<Row> = { rows: Row[]; next: string | null };

/** How many rows a page has. */
export const pageSize = 50;

/** The last row of the page before: its moment, as PostgreSQL reads it, and what tells rows of one moment apart. */
export type Cursor = { at: string; id: string };

const moment = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d(?::?\d\d)?)$/;

/** What a page's address says of where it begins. What was not written here says nothing. */
export function readCursor(text: string | undefined): Cursor | null {
  const [at = "", ...rest] = (text ?? "").split("~");
  const id = rest.join("~");
  return moment.test(at) && !Number.isNaN(Date.parse(at)) && id !== "" && id.length <= 300
    ? { at, id }
    : null;
}

/** The page that `found` makes, of which one row more than fits was asked for. */
export function pageOf<Row>(found: Row[], cursorOf: (row: Row) => Cursor): PageOf<Row> {
  const rows = found.slice(0, pageSize);
  const last = found.length > pageSize ? rows.at(-1) : undefined;
  if (last === undefined) return { rows, next: null };
  const { at, id } = cursorOf(last);
  return { rows, next: `${at}~${id}` };
}
