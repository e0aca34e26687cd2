import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { auditLog } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { pullWorkspace } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { runWaiting } from "@/lib/jobs/bounded";
import { polar } from "@/lib/polar";
import { archiveUsage } from "@/lib/usage/archive";
import type { LocalPostgres } from "@/scripts/local/postgres";
import { archivingPostgres } from "../support/backup";
import { viewer } from "../support/buyer";
import { mirrorState } from "../support/mirror";
import { codeBlocks } from "../support/readme";
import { toldShop } from "../support/shop";
import { startSmtp } from "../support/smtp";
import { flushAll, use } from "../support/use";

let postgres: Awaited<ReturnType<typeof archivingPostgres>>;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
beforeAll(async () => {
  postgres = await archivingPostgres();
  smtp = await startSmtp();
  process.env.SMTP_URL = smtp.url;
  process.env.DATABASE_URL = postgres.url;
  delete process.env.DIRECT_DATABASE_URL;
});
afterAll(async () => {
  smtp.close();
  await postgres.close();
});
const shop = toldShop();

let buyer: Viewer;
let moment: string;
let before: Awaited<ReturnType<typeof everything>>;

const runJobs = () => runWaiting({ seconds: 20 });
const rows = async (query: string) => [
  ...(await db().execute<Record<string, unknown>>(sql.raw(query))),
];
/** What the database holds, as far as two copies of it can be compared. */
async function everything() {
  return {
    mirror: await mirrorState(),
    audit: await rows("select * from audit_log order by id"),
    emails: await rows("select * from emails order by id"),
    effects: await rows("select * from side_effects order by key"),
    inbox: await rows("select webhook_id, status from webhook_inbox order by 1"),
    uses: await rows("select * from usage_events order by id"),
    archive: await rows("select tableoid::regclass::text, * from usage_archive order by id"),
    totals: await rows("select * from usage_totals order by 1, 2"),
    jobs: await rows(
      "select id, task_identifier, run_at, locked_by from graphile_worker.jobs order by 1",
    ),
    migrations: await rows("select * from drizzle.__drizzle_migrations order by id"),
  };
}
const sums = (table: string) =>
  rows(`select workspace_id, sum(billable_units)::int as billable, sum(free_units)::int as free, sum(pack_units)::int as pack
    from ${table} group by 1 order by 1`);
async function consumedAtPolar(): Promise<number | undefined> {
  await shop.buyer.settle();
  const { items } = await polar().customerMeters.list({ external_customer_id: buyer.workspaceId });
  return items[0]?.consumed_units;
}
async function connectTo(server: LocalPostgres, name: string): Promise<void> {
  await closeDb();
  const url = new URL(server.url);
  url.pathname = name;
  process.env.DATABASE_URL = url.href;
}

beforeAll(async () => {
  buyer = await viewer();
  await shop.buyer.buy(buyer, "business-monthly");
  await shop.settled();
  await use(buyer.workspaceId, 12);
  await flushAll();
  await db().execute(sql`update usage_events set occurred_at = now() - interval '8 days'`);
  await use(buyer.workspaceId, 3);
  await archiveUsage();
  await runJobs();
  // Rows are written and a mail comes to wait while the files are copied.
  await postgres.backUp(async () => {
    for (let uses = 0; uses < 40; uses++) await use(buyer.workspaceId, 1, randomUUID());
    await shop.buyer.buy(buyer, "pack-1000");
    await shop.settled();
  });
  moment = await postgres.archived();
  await flushAll();
  await runJobs();
  await shop.buyer.buy(buyer, "pack-1000");
  await shop.settled();
  await runJobs();
  await pullWorkspace(buyer.workspaceId);
  before = await everything();
  await postgres.archived();
  await closeDb();
  await postgres.lose();
}, 60_000);

test("a backup and the whole log give everything back: rows, partitions, jobs, and the triggers that guard them", async () => {
  const { pathname } = new URL(process.env.DATABASE_URL ?? "");
  const server = await postgres.restore();
  await connectTo(server, pathname);
  expect(before.uses.length).toBeGreaterThan(40);
  expect(before.archive).toHaveLength(1);
  expect(await everything()).toEqual(before);
  await migrate(process.env.DATABASE_URL ?? "");
  expect(await everything()).toEqual(before);
  expect(await sums("usage_totals")).toEqual(await sums("usage_hours"));
  expect(await sums("usage_totals")).toMatchObject([{ workspace_id: buyer.workspaceId }]);
  for (const change of [db().delete(auditLog), db().update(auditLog).set({ action: "nothing" })])
    await expect(change).rejects.toMatchObject({ cause: { code: "42501" } });
});

test("after a restore to a moment the guide's steps bring what Polar knows; nothing is mailed, granted or charged twice", async () => {
  const { pathname } = new URL(process.env.DATABASE_URL ?? "");
  const server = await postgres.restore(moment);
  await connectTo(server, pathname);
  const mailed = smtp.taken();
  const consumed = await consumedAtPolar();
  const lost = await everything();
  expect(lost.mirror.order?.length).toBe((before.mirror.order?.length ?? 0) - 1);
  expect(await rows("select 1 from emails where sent_at is null")).toHaveLength(1);
  expect(await rows("select 1 from usage_events where settled_at is null")).not.toHaveLength(0);

  await migrate(process.env.DATABASE_URL ?? "");
  const [steps] = codeBlocks("docs/deploying.md").filter(({ language }) => language === "sql");
  await db().execute(sql.raw(steps?.code ?? ""));
  await reconcile({ mode: "rebuild" });
  expect(await mirrorState()).toEqual(before.mirror);
  await flushAll();
  await runJobs();

  expect(smtp.taken()).toBe(mailed);
  const keys = ({ effects }: typeof before) => effects.map(({ key }) => key);
  expect(keys(await everything())).toEqual(keys(before));
  expect(await consumedAtPolar()).toBe(consumed);
  expect(await sums("usage_totals")).toEqual(await sums("usage_hours"));
  expect((await readEntitlement(db(), buyer.workspaceId)).plan).toBe("business");
  expect((await reconcile()).differences).toEqual({});

  await shop.buyer.buy(buyer, "pack-1000");
  await shop.settled();
  await runJobs();
  expect(smtp.taken()).toBe(mailed + 1);
});
