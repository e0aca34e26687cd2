import { PgPreparedQuery } from "drizzle-orm/pg-core";
import { db } from "@/db/client";

/** Where every query of Drizzle's passes, also within a transaction. */
type Gate = { queryWithCache: (query: string, ...rest: unknown[]) => Promise<unknown> };
type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: Node[];
};
/** How a plan reads a table: "Index Scan" and the like, by which index. */
export type Scan = { how: string; table: string; index: string | null };

const scansOf = (node: Node): Scan[] => [
  ...(node["Relation Name"] && node["Node Type"].endsWith("Scan")
    ? [
        {
          how: node["Node Type"],
          table: node["Relation Name"],
          index: node["Index Name"] ?? bitmapIndexOf(node),
        },
      ]
    : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

function bitmapIndexOf(node: Node): string | null {
  const [below] = node.Plans ?? [];
  return node["Node Type"] === "Bitmap Heap Scan" ? (below?.["Index Name"] ?? null) : null;
}

/** The plans of the queries that `work` sends to the tables which `pattern` matches, as what they read, each once. */
export async function planScans(pattern: RegExp, work: () => Promise<unknown>): Promise<Scan[]> {
  const gate = PgPreparedQuery.prototype as unknown as Gate;
  const original = gate.queryWithCache;
  const queries: [string, unknown[]][] = [];
  gate.queryWithCache = function (query, parameters, ...rest) {
    if (pattern.test(query)) queries.push([query, parameters as unknown[]]);
    return original.call(this, query, parameters, ...rest);
  };
  try {
    await work();
  } finally {
    gate.queryWithCache = original;
  }
  const found = new Map<string, Scan>();
  for (const [query, parameters] of queries) {
    const [row] = await db().$client.unsafe<{ "QUERY PLAN": { Plan: Node }[] }[]>(
      `explain (format json) ${query}`,
      parameters as never[],
    );
    for (const scan of scansOf(row?.["QUERY PLAN"][0]?.Plan ?? { "Node Type": "" }))
      found.set(JSON.stringify(scan), scan);
  }
  return [...found.values()];
}

/** Tables that are not read whole because that is the shortest way. */
export async function largeTables(): Promise<string[]> {
  const rows = await db().$client.unsafe<{ relname: string }[]>(
    "select relname from pg_class where reltuples > 5000",
  );
  return rows.map(({ relname }) => relname);
}
