import { isNull } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import type { customers } from "@/db/schema";
import { bookkeeping } from "@/lib/billing/mirror/audit";
import { type MirrorKind, mirrored } from "@/lib/billing/mirror/rows";

/** The living state that every mirrored table holds, by kind and id, without when it was learnt. */
export async function mirrorState(): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const kind of Object.keys(mirrored) as MirrorKind[]) {
    const table = mirrored[kind].table as PgTable & typeof customers;
    const rows = await db().select().from(table).where(isNull(table.deletedAt)).orderBy(table.id);
    state[kind] = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !bookkeeping.has(name))),
    );
  }
  return state;
}
