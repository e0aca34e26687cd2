import { randomUUID } from "node:crypto";
import { type Database, db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import { getUsage, getUsageByKey, listPeriods, reserve, track } from "@/lib/usage";
import { countUsage } from "@/lib/usage/count";
import { countProgress } from "@/scripts/local/progress";
import type { Figure } from "./figure";
import { largeTables, planScans, type Scan } from "./query-plans";
import { ownDatabase } from "./usage-database";
import { busiest, type Size, seedUsage, usual, withPacks } from "./usage-seed";

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

const whose = {
  "a usual workspace": usual,
  "the busiest workspace": busiest,
  "one with years of packs": withPacks,
};

const said = ({ how, table, index }: Scan) => `${how} ${table}${index ? ` by ${index}` : ""}`;

async function benchOperation(
  name: string,
  operate: Operation,
  { small, grown, rows }: { small: Prepared; grown: Prepared; rows: number },
): Promise<Figure[]> {
  const at = (database: Prepared, workspaceId: string) => () => {
    database.use();
    return operate(workspaceId);
  };
  const figures: Figure[] = [];
  for (const [who, workspaceId] of Object.entries(whose)) {
    // A pack makes another path of the same call, so it is held against itself.
    const base = workspaceId === withPacks ? withPacks : usual;
    const [before = 0, now = 0] = await medians([at(small, base), at(grown, workspaceId)]);
    const scans = await planScans(/\b(usage_|pack_|subscriptions)/, at(grown, workspaceId));
    const large = await largeTables();
    const whole = scans.filter(({ how, table }) => how === "Seq Scan" && large.includes(table));
    figures.push(
      {
        name: `${name}, ${who}: ${now.toFixed(2)} ms with ${rows.toLocaleString("en-US")} uses, ${before.toFixed(2)} ms with 10,000`,
        value: now / before,
        unit: "x",
        target: { most: 1.5 },
        notes: scans.filter(({ table }) => large.includes(table)).map(said),
      },
      ...whole.map(
        (scan): Figure => ({
          name: `${name}, ${who}: ${said(scan)}`,
          value: 1,
          unit: "",
          target: { most: 0 },
        }),
      ),
    );
  }
  return figures;
}

/**
 * What a use costs at 10,000 rows and at `large`: medians, which may be 1.5 times as long at most, for a workspace like
 * most, for one with a twentieth of all rows and twenty keys, and for one with a long history of packs; with the plans
 * of the large size, in which no large table may be read whole.
 */
export async function benchSize(large: Size): Promise<Figure[]> {
  const small = await prepare({ rows: 10_000, workspaces: 100 });
  const grown = await prepare(large);
  try {
    const figures: Figure[] = [];
    for (const [name, operate] of Object.entries(operations))
      figures.push(...(await benchOperation(name, operate, { small, grown, rows: large.rows })));
    return figures;
  } finally {
    await small.stop();
    await grown.stop();
  }
}
