import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { complaintsOf, enableEndpoint, webhookStatus } from "@/lib/billing/webhooks/status";
import { polar } from "@/lib/polar";
import { viewer } from "../support/buyer";
import { toldShop } from "../support/shop";

const shop = toldShop({ backoffBaseMs: 1 });

const later = (minutes: number) =>
  shop.world.call("POST", "/_emulator/clock/advance", { seconds: minutes * 60 });

test("while webhooks come there is nothing to complain of", async () => {
  await shop.buyer.buy(await viewer(), "pack-1000");
  await later(20);
  await shop.receiver.applied();
  const status = await webhookStatus();
  expect(status).toMatchObject({ endpoint: "enabled", untoldOrder: null, failed: 0 });
  expect(status.lastReceivedAt).toBeInstanceOf(Date);
  expect(complaintsOf(status)).toEqual([]);
});

test("an order that no webhook has told of is named once it is a quarter of an hour old", async () => {
  const who = await viewer();
  await shop.buyer.faults({ webhooks: { drop_share: 1 } });
  await shop.buyer.buy(who, "pack-1000");
  const [order] = (await polar().orders.list({ external_customer_id: who.workspaceId })).items;
  expect((await webhookStatus()).untoldOrder).toBeNull();
  await later(20);
  const status = await webhookStatus();
  expect(status.untoldOrder?.id).toBe(order?.id);
  expect(complaintsOf(status)).toEqual([expect.stringContaining(order?.id ?? "no order")]);
  for (let more = 0; more < 45; more++) await shop.buyer.buy(who, "pack-1000");
  expect((await webhookStatus()).untoldOrder?.id).toBe(order?.id);
  await shop.buyer.faults();
});

test("an endpoint that Polar has disabled is told of, and turned on again", async () => {
  shop.receiver.settings.fails = true;
  await shop.buyer.buy(await viewer(), "business-monthly");
  await expect
    .poll(async () => (await webhookStatus()).endpoint, { timeout: 25_000 })
    .toBe("disabled");
  expect(complaintsOf(await webhookStatus()).join()).toContain("polar:status -- --enable");
  shop.receiver.settings.fails = false;
  expect(await enableEndpoint()).toBe(true);
  expect((await webhookStatus()).endpoint).toBe("enabled");
  await shop.buyer.buy(await viewer(), "pack-1000");
  await later(20);
  await shop.receiver.applied();
  expect((await webhookStatus()).untoldOrder).toBeNull();
});

test("a webhook that was given up is complained of", async () => {
  const [one] = await db().select().from(webhookInbox).limit(1);
  const is = (status: "failed" | "applied") =>
    db()
      .update(webhookInbox)
      .set({ status })
      .where(eq(webhookInbox.webhookId, one?.webhookId ?? ""));
  await is("failed");
  expect(complaintsOf(await webhookStatus())).toEqual([
    expect.stringMatching(/^1 webhook could not/),
  ]);
  await is("applied");
});
