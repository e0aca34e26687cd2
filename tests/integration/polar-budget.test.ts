import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { schedulePull } from "@/lib/billing/mirror/schedule-pull";
import { inBackground, polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { deliver } from "../support/deliver";
import { ownShop } from "../support/shop";
import { envelope } from "../support/webhooks";
import { launchWorker, type WorkerProcess } from "../support/worker-process";

// Five calls of background work in six seconds: half of the sandbox's hundred a minute.
process.env.POLAR_CALLS_PER_MINUTE = "100";

const shop = ownShop();
let workers: WorkerProcess[] = [];
beforeAll(async () => {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
});
afterEach(async () => {
  await shop.buyer.faults();
  for (const { child } of workers) child.kill("SIGKILL");
  workers = [];
  await db().execute(sql`delete from graphile_worker._private_jobs`);
  await db().execute(sql`delete from rate_limits`);
});

const read = () => polar().products.list({ limit: 1 });

test("background work waits for a budget that all processes share; a person's call does not", async () => {
  await inBackground(read);
  const until = Date.now() + 2_500;
  // As after what other processes have done.
  const spent = await db().execute(
    sql`update rate_limits set points = 5, expire = ${until} where key = 'polar:background'`,
  );
  expect(spent.count).toBe(1);
  const done: string[] = [];
  const waiting = inBackground(read).then(() => done.push("background"));
  await read().then(() => done.push("person"));
  await waiting;
  expect(done).toEqual(["person", "background"]);
  expect(Date.now()).toBeGreaterThanOrEqual(until);
});

test("while two workers pull many workspaces, Polar's limit leaves a person's calls alone", {
  timeout: 120_000,
}, async () => {
  const buyers = await Promise.all([1, 2, 3].map(() => viewer()));
  for (const who of buyers) await shop.buyer.buy(who, "business-monthly");
  await shop.buyer.faults({ api: { limit: "sandbox" } });
  for (const { workspaceId } of buyers) await schedulePull(db(), workspaceId, new Date());
  const env = { ...process.env, LOG_LEVEL: "debug" };
  workers = await Promise.all([launchWorker(env), launchWorker(env)]);
  // All that the budget has at once is on its way; without one, all fifteen calls would be.
  await Promise.race(workers.map(({ said }) => said("/v1/benefit-grants/")));
  await Promise.all(Array.from({ length: 88 }, read));
  await shop.buyer.faults();
  for (const { workspaceId } of buyers) {
    await pullWorkspace(workspaceId);
    expect((await readEntitlement(db(), workspaceId)).plan).toBe("business");
  }
});

test("what Polar tells of one workspace within moments leads to one pull, and pulls run in two lanes", async () => {
  const jobs = () =>
    db().execute<{ key: string; queue: string }>(sql`
      select key, queue_name as queue from graphile_worker.jobs where key like 'pull:%'`);
  const tell = async (external_id: string) => {
    const body = envelope("customer.state_changed", { id: randomUUID(), external_id });
    expect((await deliver(body)).outcome).toBe("applied");
  };
  const one = randomUUID();
  await tell(one);
  const [first] = await jobs();
  for (let again = 0; again < 3; again++) await tell(one);
  expect(await jobs()).toEqual([first]);
  for (let more = 0; more < 20; more++) await tell(randomUUID());
  const all = await jobs();
  expect(all).toHaveLength(21);
  expect(new Set(all.map(({ queue }) => queue))).toEqual(new Set(["pull:0", "pull:1"]));
});
