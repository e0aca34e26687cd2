import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import { reserve, track } from "@/lib/usage";
import { countUsage } from "@/lib/usage/count";
import { getUsage } from "@/lib/usage/summary";
import { countProgress } from "@/scripts/local/progress";
import type { Figure } from "./figure";
import { ownDatabase } from "./usage-database";
import { busiest, type Size, seedUsage, usual } from "./usage-seed";

const rounds = 300;
const event = "qr_code.generated";

type Operation = (workspaceId: string) => Promise<unknown>;
const operations: Record<string, Operation> = {
  track: (id) => track(id, event, { units: 1 }, { idempotencyKey: randomUUID() }),
  "reserve and release": async (id) => {
    const held = await reserve(id, event, { units: 1 }, { idempotencyKey: randomUUID() });
    if (held.ok) await held.release();
  },
  balance: async (id) => countUsage(db(), id, await readEntitlement(db(), id)),
  "usage page": (id) => getUsage(id),
};

type Client = { unsafe: (query: string, parameters?: unknown[]) => PromiseLike<unknown> };
type Node = { "Node Type": string; "Relation Name"?: string; Plans?: Node[] };

const scans = (node: Node): string[] => [
  ...(node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : []),
  ...(node.Plans ?? []).flatMap(scans),
];

/** The usage tables that `work`'s queries read whole, by their plans. */
async function wholeReads(work: () => Promise<unknown>): Promise<string[]> {
  const client = (db() as unknown as { $client: Client }).$client;
  const original = client.unsafe;
  const queries: [string, unknown[]][] = [];
  client.unsafe = function (query, parameters = []) {
    if (/\b(usage|subscriptions|benefit_grants)/.test(query)) queries.push([query, parameters]);
    return original.call(this, query, parameters);
  };
  await work();
  client.unsafe = original;
  const found: string[] = [];
  for (const [query, parameters] of queries) {
    const [row] = (await original.call(client, `explain (format json) ${query}`, parameters)) as {
      "QUERY PLAN": { Plan: Node }[];
    }[];
    found.push(...scans(row?.["QUERY PLAN"][0]?.Plan ?? { "Node Type": "" }));
  }
  return found.filter((table) => table.startsWith("usage_") || table === "subscriptions");
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[rounds / 2] ?? 0;
}

type Measured = { ms: Map<string, number>; whole: string[] };

async function measure(size: Size): Promise<Measured> {
  const database = await ownDatabase(`bench-${size.rows}`);
  try {
    await seedUsage(database.url, size, countProgress(size.rows, "uses"));
    const ms = new Map<string, number>();
    const whole: string[] = [];
    for (const workspaceId of [usual, busiest])
      for (const [name, operate] of Object.entries(operations)) {
        const work = () => operate(workspaceId);
        await median(work);
        ms.set(`${name} ${workspaceId}`, await median(work));
        for (const table of await wholeReads(work)) whole.push(`${name}: ${table}`);
      }
    return { ms, whole };
  } finally {
    await database.stop();
  }
}

/**
 * What a use costs at 10,000 rows and at `large`: medians, which may be 1.5 times as long at most, also for a
 * workspace with a twentieth of all rows; and whether any table is read whole at the large size.
 */
export async function benchSize(large: Size): Promise<Figure[]> {
  const small = await measure({ rows: 10_000, workspaces: 100 });
  const grown = await measure(large);
  const times = Object.keys(operations).flatMap((name): Figure[] => {
    const before = small.ms.get(`${name} ${usual}`) ?? 0;
    return [usual, busiest].flatMap((workspaceId): Figure[] => {
      const now = grown.ms.get(`${name} ${workspaceId}`) ?? 0;
      const whose = workspaceId === busiest ? "the busiest workspace" : "a usual workspace";
      return [
        {
          name: `${name}, ${whose}: ${now.toFixed(2)} ms with ${large.rows.toLocaleString("en-US")} uses, ${before.toFixed(2)} ms with 10,000`,
          value: now / before,
          unit: "x",
          target: { most: 1.5 },
        },
      ];
    });
  });
  return [
    ...times,
    {
      name: `tables read whole at that size: ${grown.whole.join(", ") || "none"}`,
      value: grown.whole.length,
      unit: "",
      target: { most: 0 },
    },
  ];
}
