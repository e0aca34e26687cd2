import { randomUUID } from "node:crypto";
import { PgPreparedQuery } from "drizzle-orm/pg-core";
import { type Database, db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import { getUsage, getUsageByKey, listPeriods, reserve, track } from "@/lib/usage";
import { countUsage } from "@/lib/usage/count";
import { countProgress } from "@/scripts/local/progress";
import type { Figure } from "./figure";
import { ownDatabase } from "./usage-database";
import { busiest, type Size, seedUsage, usual } from "./usage-seed";

const rounds = 350;
const warmUp = 50;
const event = "qr_code.generated";

type Operation = (workspaceId: string) => Promise<unknown>;
const operations: Record<string, Operation> = {
  track: (id) => track(id, event, { units: 1 }, { idempotencyKey: randomUUID() }),
  "reserve and release": async (id) => {
    const held = await reserve(id, event, { units: 1 }, { idempotencyKey: randomUUID() });
    if (held.ok) await held.release();
  },
  balance: async (id) => countUsage(db(), id, await readEntitlement(db(), id)),
  "usage page": (id) => Promise.all([getUsage(id), getUsageByKey(id), listPeriods(id)]),
};

type Client = { unsafe: (query: string, parameters: unknown[]) => PromiseLike<unknown> };
/** Where every query of Drizzle's passes, also within a transaction. */
type Gate = { queryWithCache: (query: string, ...rest: unknown[]) => Promise<unknown> };
type Node = { "Node Type": string; "Relation Name"?: string; Plans?: Node[] };

const scans = (node: Node): string[] => [
  ...(node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : []),
  ...(node.Plans ?? []).flatMap(scans),
];

/** The usage tables that `work`'s queries read whole, by their plans. */
async function wholeReads(work: () => Promise<unknown>): Promise<string[]> {
  const gate = PgPreparedQuery.prototype as unknown as Gate;
  const original = gate.queryWithCache;
  const queries: [string, unknown[]][] = [];
  gate.queryWithCache = function (query, parameters, ...rest) {
    if (/\b(usage_|subscriptions)/.test(query)) queries.push([query, parameters as unknown[]]);
    return original.call(this, query, parameters, ...rest);
  };
  await work();
  gate.queryWithCache = original;
  const client = (db() as unknown as { $client: Client }).$client;
  const found: string[] = [];
  for (const [query, parameters] of queries) {
    const [row] = (await client.unsafe(`explain (format json) ${query}`, parameters)) as {
      "QUERY PLAN": { Plan: Node }[];
    }[];
    found.push(...scans(row?.["QUERY PLAN"][0]?.Plan ?? { "Node Type": "" }));
  }
  // A table of a few rows is read whole, whatever its indexes: that is the shortest way.
  const large = await client.unsafe("select relname from pg_class where reltuples > 5000", []);
  const names = (large as { relname: string }[]).map(({ relname }) => relname);
  return found.filter((table) => names.includes(table));
}

type Prepared = { use: () => void; stop: () => Promise<void> };

/** A database of that size. `use` makes it the one that the app's code works on from then on. */
async function prepare(size: Size): Promise<Prepared> {
  const holder = globalThis as { northstarDatabase?: Database };
  holder.northstarDatabase = undefined;
  const { url, stop } = await ownDatabase(`bench-${size.rows}`);
  await seedUsage(url, size, countProgress(size.rows, "uses"));
  const own = db();
  const use = () => {
    holder.northstarDatabase = own;
  };
  return {
    use,
    async stop() {
      use();
      await stop();
    },
  };
}

const medianOf = (times: number[]) => times.sort((a, b) => a - b)[times.length / 2] ?? 0;

/** Medians of each kind of work in milliseconds, in turns, so that whatever else the machine does befalls all alike. */
async function medians(kinds: (() => Promise<unknown>)[]): Promise<number[]> {
  const times = kinds.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, work] of kinds.entries()) {
      const started = performance.now();
      await work();
      // The first rounds warm up.
      if (round >= warmUp) times[index]?.push(performance.now() - started);
    }
  return times.map(medianOf);
}

async function benchOperation(
  name: string,
  operate: Operation,
  { small, grown, rows }: { small: Prepared; grown: Prepared; rows: number },
): Promise<Figure[]> {
  const at = (database: Prepared, workspaceId: string) => () => {
    database.use();
    return operate(workspaceId);
  };
  const [before = 0, ...now] = await medians([
    at(small, usual),
    at(grown, usual),
    at(grown, busiest),
  ]);
  return ["a usual workspace", "the busiest workspace"].map((whose, index) => ({
    name: `${name}, ${whose}: ${now[index]?.toFixed(2)} ms with ${rows.toLocaleString("en-US")} uses, ${before.toFixed(2)} ms with 10,000`,
    value: (now[index] ?? 0) / before,
    unit: "x",
    target: { most: 1.5 },
  }));
}

/**
 * What a use costs at 10,000 rows and at `large`: medians, which may be 1.5 times as long at most, also for a
 * workspace with a twentieth of all rows; and whether any table is read whole at the large size.
 */
export async function benchSize(large: Size): Promise<Figure[]> {
  const small = await prepare({ rows: 10_000, workspaces: 100 });
  const grown = await prepare(large);
  try {
    const figures: Figure[] = [];
    const whole: string[] = [];
    for (const [name, operate] of Object.entries(operations)) {
      figures.push(...(await benchOperation(name, operate, { small, grown, rows: large.rows })));
      for (const workspaceId of [usual, busiest])
        for (const table of await wholeReads(() => operate(workspaceId)))
          whole.push(`${name}: ${table}`);
    }
    const found = whole.join(", ") || "none";
    figures.push({
      name: `tables read whole at that size: ${found}`,
      value: whole.length,
      unit: "",
      target: { most: 0 },
    });
    return figures;
  } finally {
    await small.stop();
    await grown.stop();
  }
}
