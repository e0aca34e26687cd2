import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, test, vi } from "vitest";
import { closeDb, db } from "@/db/client";
import { usageEvents } from "@/db/schema";
import { createTracker, track } from "@/lib/usage";
import { UsageEventError } from "@/lib/usage/use";
import { person } from "../support/people";
import { givePack, subscriber } from "../support/plan";

afterAll(closeDb);

const event = "qr_code.generated";
const key = () => ({ idempotencyKey: randomUUID() });
const stored = (workspaceId: string) =>
  db()
    .select()
    .from(usageEvents)
    .where(eq(usageEvents.workspaceId, workspaceId))
    .orderBy(usageEvents.occurredAt);

/** The INSERTs into the outbox that `work` leads to, by what the driver was given. */
async function insertsOf(work: () => Promise<unknown>): Promise<number> {
  const client = (db() as unknown as { $client: { unsafe: (query: string) => unknown } }).$client;
  const sent = vi.spyOn(client, "unsafe");
  await work();
  const inserts = sent.mock.calls.filter(([query]) => query.includes("insert into usage_events"));
  sent.mockRestore();
  return inserts.length;
}

describe("track", () => {
  test("is one INSERT on a metered plan, with all of the metadata and the source", async () => {
    const id = await subscriber();
    const inserts = await insertsOf(() =>
      track(id, event, { units: 3, format: "svg" }, { ...key(), source: "key-1" }),
    );
    expect(inserts).toBe(1);
    expect(await stored(id)).toMatchObject([
      {
        units: 3,
        billableUnits: 3,
        packUnits: 0,
        metadata: { units: 3, format: "svg" },
        source: "key-1",
        settledAt: null,
      },
    ]);
  });

  test("the same key of a workspace is one use, however many say it at once; of another it is another", async () => {
    const [one, other] = [await subscriber(), await subscriber()];
    const { id: free } = await person();
    const options = key();
    await Promise.all(
      [one, one, one, other, free, free].map((id) => track(id, event, { units: 1 }, options)),
    );
    expect(await stored(one)).toHaveLength(1);
    expect(await stored(other)).toHaveLength(1);
    expect(await stored(free)).toHaveLength(1);
  });

  test("refuses nothing, and tells apart what Polar hears of", async () => {
    const { id } = await person();
    await givePack(id, 4);
    await track(id, event, { units: 52 }, key());
    await track(id, event, { units: 7 }, key());
    expect(
      (await stored(id)).map(({ units, billableUnits, packUnits }) => [
        units,
        billableUnits,
        packUnits,
      ]),
    ).toEqual([
      [52, 2, 2],
      [7, 2, 2],
    ]);
  });

  test.each([
    [
      "an unknown name",
      ["qr_code.eaten", { units: 1 }],
      /has no such usage event.*qr_code.generated/,
    ],
    ["an inherited name", ["toString", { units: 1 }], /has no such usage event/],
    ["no units", [event, {}], /metadata of qr_code.generated is not right: units/],
    ["part of a unit", [event, { units: 1.5 }], /units/],
    ["less than nothing", [event, { units: -1 }], /units/],
    ["an unknown property", [event, { units: 1, colour: "red" }], /colour/],
    ["no key", [event, { units: 1 }, { idempotencyKey: "" }], /idempotencyKey/],
    ["what PostgreSQL cannot store", [event, { units: 1 }, { idempotencyKey: "a\0" }], /stored/],
    ["half a character", [event, { units: 1 }, { idempotencyKey: "\ud800" }], /stored/],
  ] as const)("refuses %s, and stores nothing", async (_, [name, metadata, options], message) => {
    const id = await subscriber();
    const attempt = track(id, name as never, metadata as never, options ?? key());
    await expect(attempt).rejects.toThrow(UsageEventError);
    await expect(attempt).rejects.toThrow(message);
    expect(await stored(id)).toEqual([]);
  });
});

describe("a tracker", () => {
  test("stores what comes together in one INSERT, and a call resolves when its row is there", async () => {
    const id = await subscriber();
    const tracker = createTracker();
    const inserts = await insertsOf(() =>
      Promise.all(
        Array.from({ length: 300 }, async () => {
          const options = key();
          await tracker.track(id, event, { units: 1 }, options);
          const keys = (await stored(id)).map(({ idempotencyKey }) => idempotencyKey);
          expect(keys).toContain(options.idempotencyKey);
        }),
      ),
    );
    expect(inserts).toBe(1);
    expect(await stored(id)).toHaveLength(300);
  });

  test("a bad call is refused alone, the free plan's and a repeated one are stored beside the others", async () => {
    const id = await subscriber();
    const { id: free } = await person();
    const tracker = createTracker({ maxBatch: 3 });
    const twice = key();
    const outcomes = await Promise.allSettled([
      tracker.track(id, event, { units: 1 }, twice),
      tracker.track(id, event, { units: 0 }, key()),
      tracker.track(free, event, { units: 1 }, key()),
      tracker.track(id, event, { units: 1 }, twice),
      tracker.track(id, event, { units: 1 }, key()),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(await stored(id)).toHaveLength(2);
    expect(await stored(free)).toHaveLength(1);
  });

  test("an INSERT that fails rejects each of its calls, and the next ones go through", async () => {
    const id = await subscriber();
    const tracker = createTracker();
    const refusing = vi.spyOn(db(), "execute").mockRejectedValueOnce(new Error("no connection"));
    const calls = [1, 2, 3].map(() => tracker.track(id, event, { units: 1 }, key()));
    const outcomes = await Promise.allSettled(calls);
    refusing.mockRestore();
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await stored(id)).toEqual([]);
    await tracker.track(id, event, { units: 1 }, key());
    expect(await stored(id)).toHaveLength(1);
  });
});
