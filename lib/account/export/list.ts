import "server-only";
import { eq, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Viewer } from "@/lib/auth";
import { pagesOf } from "./pages";
import type { ExportRow, ListName } from "./schema";

export type List = { table: PgTable; rows: (viewer: Viewer) => AsyncGenerator<object[]> };

/** A list of the export: whose rows, in which order, and what of each is given. */
export function list<Name extends ListName, Table extends PgTable>(
  _name: Name,
  table: Table,
  whose: (viewer: Viewer) => SQL | undefined,
  keys: PgColumn[],
  toRow: (row: Table["$inferSelect"]) => ExportRow<Name>,
): List {
  return {
    table,
    async *rows(viewer) {
      for await (const page of pagesOf(table, whose(viewer), keys)) yield page.map(toRow);
    },
  };
}

/** The rows of the viewer's workspace. */
export const of =
  ({ workspaceId }: { workspaceId: PgColumn }) =>
  (viewer: Viewer) =>
    eq(workspaceId, viewer.workspaceId);
