import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const orderOf = async (externalId: string) => {
  const [order] = (await life.polar.orders.list({ external_customer_id: externalId })).items;
  if (!order) throw new Error("nothing was bought");
  return order;
};
const refund = async (order_id: string, amount: number, more: object = {}) => {
  const body = { order_id, reason: "customer_request" as const, amount, ...more };
  const made = await life.polar.refunds.create(body);
  await life.settle();
  return made;
};
const bought = async (externalId: string, card?: string) => {
  await life.buy(life.products.pack, externalId, card);
  life.take();
  return (await orderOf(externalId)).id;
};

test("a part, then the rest; more than the rest, and anything after it, is refused", async () => {
  const id = await bought("in-parts");
  await refund(id, 400);
  expect(life.events()).toEqual([
    "refund.created (succeeded)",
    "order.updated (partially_refunded)",
    "order.refunded (partially_refunded)",
    "refund.updated (succeeded)",
  ]);
  await expect(refund(id, 601)).rejects.toMatchObject({ statusCode: 422 });
  await refund(id, 600);
  expect(await orderOf("in-parts")).toMatchObject({ status: "refunded", refunded_amount: 1000 });
  await expect(refund(id, 1)).rejects.toMatchObject({ statusCode: 403 });
});

test("a refund that is pending changes the order when the bank has decided", async () => {
  const id = await bought("pending", "pm_card_pendingRefund");
  expect((await refund(id, 1000)).status).toBe("pending");
  expect(life.events()).toEqual(["refund.created (pending)"]);
  expect(await orderOf("pending")).toMatchObject({ status: "paid", refunded_amount: 0 });
  await life.advance(1.1);
  expect(life.events()).toEqual([
    "refund.updated (succeeded)",
    "order.updated (refunded)",
    "order.refunded (refunded)",
  ]);
});

test("a refund that the bank sends back leaves the order paid", async () => {
  const id = await bought("fails", "pm_card_refundFail");
  expect((await refund(id, 300)).status).toBe("succeeded");
  expect((await orderOf("fails")).status).toBe("partially_refunded");
  life.take();
  await life.advance(1.1);
  expect(life.events()).toEqual(["refund.updated (failed)", "order.updated (paid)"]);
  expect(await orderOf("fails")).toMatchObject({ status: "paid", refunded_amount: 0 });
});

test("what a subscription gives cannot be taken back by a refund", async () => {
  await life.buy(life.products.plan, "subscribed");
  const { id } = await orderOf("subscribed");
  await expect(refund(id, 100, { revoke_benefits: true })).rejects.toMatchObject({
    statusCode: 400,
  });
});
