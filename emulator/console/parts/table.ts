import { type Html, html, type Renderable } from "../../pages/html.ts";

/** A column of a table. */
export interface Column<T> {
  head: string;
  cell: (row: T) => Renderable;
  /** Left out where there is little room, on a phone; or only on a very small one. */
  wide?: boolean | "phone";
  /** Figures, which stand to the right. */
  figures?: boolean;
}

interface Row {
  id: string;
}

function classes<T>({ wide, figures }: Column<T>): string {
  return [wide && (wide === true ? "wide" : "phone"), figures && "figures-cell"]
    .filter(Boolean)
    .join(" ");
}

/** A table of objects; the first column names them. */
export function table<T extends Row>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
): Html {
  return html`<table>
    <caption class="unseen">${caption}</caption>
    <thead>
      <tr>${columns.map((column) => html`<th scope="col" class="${classes(column)}">${column.head}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr id="row-${row.id}">
          ${columns.map((column, index) =>
            index === 0
              ? html`<th scope="row">${column.cell(row)}</th>`
              : html`<td class="${classes(column)}">${column.cell(row)}</td>`,
          )}
        </tr>`,
      )}
    </tbody>
  </table>`;
}
