import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { emails, orders, webhookInbox } from "@/db/schema";
import { applyInbox, applyWebhook } from "@/lib/billing/webhooks/apply";
import { applyTaken, findWebhook, replayDead } from "@/lib/billing/webhooks/inbox";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { person } from "../support/people";
import { withWorld } from "../support/shop";
import { envelope, order, signed, subscription } from "../support/webhooks";

// A database of its own: the inbox is everybody's.
withWorld();

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";
async function deliver(body: string, id: string = randomUUID()): Promise<string> {
  expect(await receiveWebhook(body, new Headers(signed(body, secret, id)))).toMatchObject({
    status: "stored",
  });
  return id;
}

/** The job, as often as it takes, without the waiting between. */
async function exhaust(): Promise<void> {
  for (let round = 0; round < 12; round++) {
    await db().update(webhookInbox).set({ nextAttemptAt: sql`now()` });
    await applyInbox();
  }
}

const runInbox = (...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", "scripts/inbox.ts", ...args],
    { env: process.env },
  );

/** A fault of ours that one order meets, until it is mended: what a deployment breaks and the next one fixes. */
async function breakOrder(orderId: string): Promise<() => Promise<unknown>> {
  const name = `broken_${orderId.replaceAll("-", "")}`;
  await db().execute(
    sql.raw(`create function ${name}() returns trigger language plpgsql as $$ begin
      if new.id = '${orderId}' then raise exception 'a fault of ours'; end if; return new; end $$;
      create trigger ${name} before insert or update on orders for each row execute function ${name}()`),
  );
  return () => db().execute(sql.raw(`drop function ${name}() cascade`));
}

test("an event that cannot be applied is dead after ten attempts, holds up nobody, and is applied by a replay after the fix", async () => {
  const owner = (await person()).id;
  const poison = order(owner);
  const mend = await breakOrder(poison.id);
  const dead = await deliver(envelope("order.paid", poison));
  expect(await applyWebhook(dead)).toBeNull();
  const behind = await deliver(envelope("order.paid", order(owner)));
  const beside = await deliver(envelope("subscription.active", subscription((await person()).id)));
  await applyInbox();
  expect((await findWebhook(behind))?.status).toBe("applied");
  expect((await findWebhook(beside))?.status).toBe("applied");
  expect((await findWebhook(dead))?.status).toBe("pending");

  await exhaust();
  expect(await findWebhook(dead)).toMatchObject({ status: "failed", attempts: 10 });
  const mails = () => db().select().from(emails).where(eq(emails.workspaceId, owner));
  expect(await mails()).toHaveLength(1);

  const shown = await runInbox();
  expect(shown.stdout).toContain("applied: 2");
  expect(shown.stdout).toContain("failed: 1");
  expect(shown.stdout).toContain(dead);
  expect(shown.stdout).toContain("a fault of ours");
  expect((await runInbox("show", dead)).stdout).toContain(poison.id);
  expect(await replayDead(dead)).toMatchObject([{ webhookId: dead, outcome: null }]);
  expect(await findWebhook(dead)).toMatchObject({ status: "pending", attempts: 1 });
  await exhaust();

  await mend();
  expect((await runInbox("replay", "--all")).stdout).toContain("1 of 1 settled");
  expect(await findWebhook(dead)).toMatchObject({ status: "applied", lastError: null });
  const [stored] = await db().select().from(orders).where(eq(orders.id, poison.id));
  expect(stored).toMatchObject({ workspaceId: owner, paid: true });
  expect(await mails()).toHaveLength(2);
  expect(await replayDead()).toEqual([]);
}, 60_000);

test("one that is taken up while a worker has it in hand is what the worker has made of it", async () => {
  const owner = (await person()).id;
  const id = await deliver(envelope("order.paid", order(owner)));
  const taken = { webhookId: id, requestId: null, traceparent: null };
  const inHand = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const worker = db().transaction(async (tx) => {
    await tx.update(webhookInbox).set({ status: "applied" }).where(eq(webhookInbox.webhookId, id));
    inHand.resolve();
    await finish.promise;
  });
  await inHand.promise;
  const replay = applyTaken(taken);
  const waiting = sql`select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await db().execute(waiting)).length).toBeGreaterThan(0);
  finish.resolve();
  await worker;
  expect(await replay).toBe("applied");
});

test("a dead letter that Polar delivers again in a better shape is applied", async () => {
  const owner = (await person()).id;
  const whole = order(owner);
  const { total_amount: _, ...broken } = whole;
  const id = await deliver(envelope("order.paid", broken));
  await exhaust();
  expect(await findWebhook(id)).toMatchObject({ status: "failed" });
  expect((await findWebhook(id))?.lastError).toContain("total_amount");

  await deliver(envelope("order.paid", whole), id);
  await applyInbox();
  expect(await findWebhook(id)).toMatchObject({ status: "applied" });
  // Once it is settled, what comes under its id changes nothing.
  await deliver(envelope("order.paid", { ...whole, description: "Another" }), id);
  await applyInbox();
  const [stored] = await db().select().from(orders).where(eq(orders.id, whole.id));
  expect(stored?.description).toBe(whole.description);
});

test("the command says what is wrong with what it is told", async () => {
  await expect(runInbox("replay", "nobody")).rejects.toMatchObject({
    stderr: expect.stringContaining("There is no dead letter nobody"),
  });
  await expect(runInbox("list", "eaten")).rejects.toMatchObject({
    stderr: expect.stringContaining("npm run inbox -- show"),
  });
}, 60_000);
