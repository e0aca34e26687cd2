import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { createTracker, track } from "@/lib/usage";
import { flushUsage } from "@/lib/usage/flush";
import { type EmulatorProcess, startEmulatorProcess } from "./emulator-process";
import type { Figure } from "./figure";
import { ownDatabase } from "./usage-database";
import { seedUsage, usual } from "./usage-seed";

const event = "qr_code.generated";
const atOnce = 8;

/** How many a second `work` does, called for `count` pieces, `atOnce` of them at a time. */
async function rate(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < count; index = next++) await work(index);
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

const bareInsert = () =>
  db().execute(sql`insert into usage_events
    (workspace_id, name, units, billable_units, metadata, idempotency_key)
    values (${usual}, ${event}, 1, 1, '{"units": 1}', ${randomUUID()})`);

/** One INSERT of 500 rows into the outbox. */
const bareBatch = () =>
  db().execute(sql`insert into usage_events
    (workspace_id, name, units, billable_units, metadata, idempotency_key)
    select ${usual}, ${event}, 1, 1, '{"units": 1}', gen_random_uuid() from generate_series(1, 500)`);

const ingest = (polar: EmulatorProcess) =>
  polar.call("POST", "/v1/events/ingest", {
    events: Array.from({ length: 500 }, () => ({
      name: event,
      external_id: randomUUID(),
      external_customer_id: usual,
      timestamp: new Date(Date.now() - 1000).toISOString(),
      metadata: { units: 1 },
    })),
  });

/** `track()` beside a bare INSERT, and sending beside a bare multi-row INSERT and what the local Polar takes. */
export async function benchThroughput(): Promise<Figure[]> {
  const polar = await startEmulatorProcess();
  Object.assign(process.env, { POLAR_API_URL: polar.url, POLAR_ACCESS_TOKEN: polar.accessToken });
  const database = await ownDatabase("bench-usage");
  try {
    await seedUsage(database.url, { rows: 1_000, workspaces: 10 });
    const counted = () => track(usual, event, { units: 1 }, { idempotencyKey: randomUUID() });
    await rate(500, bareInsert);
    await rate(500, counted);
    const bare = await rate(3_000, bareInsert);
    const single = await rate(3_000, counted);
    const tracker = createTracker();
    const together = await rate(30, () =>
      Promise.all(
        Array.from({ length: 500 }, () =>
          tracker.track(usual, event, { units: 1 }, { idempotencyKey: randomUUID() }),
        ),
      ),
    );
    await flushUsage();
    const batches = (await rate(40, bareBatch)) * 500;
    const started = performance.now();
    const { settled } = await flushUsage();
    const flushed = settled / ((performance.now() - started) / 1000);
    const taken = (await rate(40, () => ingest(polar))) * 500;
    const figure = (name: string, value: number): Figure => ({ name, value, unit: "x" });
    return [
      figure(
        `track() to a bare INSERT (${single.toFixed(0)} and ${bare.toFixed(0)} a second)`,
        single / bare,
      ),
      figure(
        `a tracker's calls, 500 at once, to a bare INSERT (${(together * 500).toFixed(0)} a second)`,
        (together * 500) / bare,
      ),
      figure(
        `sending, one worker, to a bare INSERT of 500 rows (${flushed.toFixed(0)} and ${batches.toFixed(0)} rows a second)`,
        flushed / batches,
      ),
      figure(
        `sending, one worker, to what the local Polar takes (${taken.toFixed(0)} events a second)`,
        flushed / taken,
      ),
    ];
  } finally {
    await database.stop();
    await polar.stop();
  }
}
