import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import {
  emails,
  reconcileDifferences,
  reconcileRuns,
  sessions,
  sideEffects,
  verificationTokens,
  webhookInbox,
} from "@/db/schema";
import { purge } from "@/lib/jobs/purge";
import { person } from "../support/people";
import { withWorld } from "../support/shop";

withWorld();

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const ages = [89, 91] as const;

test("runs are forgotten after 90 days with what they found, but not one that is still to go on", async () => {
  const kinds = [
    { scope: null, finished: true },
    { scope: "workspace", finished: true },
    { scope: "workspace", finished: false },
    { scope: null, finished: false },
  ];
  for (const { scope, finished } of kinds)
    for (const age of ages) {
      const [run] = await db()
        .insert(reconcileRuns)
        .values({
          workspaceId: scope,
          mode: "repair",
          step: `${scope} ${finished} ${age}`,
          startedAt: daysAgo(age),
          finishedAt: finished ? daysAgo(age) : null,
        })
        .returning();
      await db()
        .insert(reconcileDifferences)
        .values({
          runId: run?.id ?? "",
          objectType: "order",
          objectId: "order",
          cause: "unknown",
          repaired: true,
        });
    }
  await purge();
  const left = (await db().select().from(reconcileRuns)).map(({ step }) => step);
  expect(left.sort()).toEqual([
    "null false 89",
    "null false 91",
    "null true 89",
    "workspace false 89",
    "workspace true 89",
  ]);
  expect(await db().select().from(reconcileDifferences)).toHaveLength(left.length);
});

test("sessions and links go when they have expired, and old sign-in mails that were sent", async () => {
  const { id } = await person();
  const moments = [daysAgo(1), daysAgo(-1)];
  for (const expires of moments) {
    await db().insert(sessions).values({ sessionToken: randomUUID(), userId: id, expires });
    await db().insert(verificationTokens).values({ identifier: id, token: randomUUID(), expires });
  }
  for (const template of ["sign-in", "refund"])
    for (const age of ages)
      for (const sentAt of [daysAgo(age), null])
        await db()
          .insert(emails)
          .values({
            key: `${template} ${age} ${sentAt ? "sent" : "waiting"}`,
            recipient: "ada@example.com",
            template,
            props: {},
            createdAt: daysAgo(age),
            sentAt,
          });
  await purge();
  expect((await db().select().from(sessions)).map(({ expires }) => expires)).toEqual([moments[1]]);
  expect((await db().select().from(verificationTokens)).map(({ expires }) => expires)).toEqual([
    moments[1],
  ]);
  expect((await db().select().from(emails)).map(({ key }) => key).sort()).toEqual([
    "refund 89 sent",
    "refund 89 waiting",
    "refund 91 sent",
    "refund 91 waiting",
    "sign-in 89 sent",
    "sign-in 89 waiting",
    "sign-in 91 waiting",
  ]);
});

test("settled webhooks lose their bodies and stay, as do side effects", async () => {
  for (const status of ["applied", "failed", "pending"] as const)
    for (const age of ages)
      await db()
        .insert(webhookInbox)
        .values({
          webhookId: `${status} ${age}`,
          type: "order.paid",
          body: "{}",
          status,
          receivedAt: daysAgo(age),
        });
  await db()
    .insert(sideEffects)
    .values({ key: "order-fulfilled:old", createdAt: daysAgo(999) });
  await purge();
  const bodies = await db().execute<{ id: string }>(
    sql`select webhook_id as id from webhook_inbox where body is null order by 1`,
  );
  expect([...bodies]).toEqual([{ id: "applied 91" }, { id: "failed 91" }]);
  expect(await db().select().from(webhookInbox)).toHaveLength(6);
  expect(await db().select().from(sideEffects)).toHaveLength(1);
});
