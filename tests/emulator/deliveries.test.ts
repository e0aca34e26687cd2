import { webhooks } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Delivery, type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeEach(async () => {
  life = await polarLife();
});
afterEach(() => life.close());

const rename = (name: string) => life.polar.products.update(life.products.pack.id, { name });
const verify = ({ body, headers }: Delivery, secret: string) =>
  webhooks.validateEvent(body, headers, secret);

test("both encodings of the key are signed as the SDK verifies them; a wrong secret is not", async () => {
  const { id, secret } = life.endpoint;
  await rename("Standard");
  await life.settle();
  await life.control("PUT", `webhooks/endpoints/${id}`, {
    encoding: "legacy",
    secret: "a secret of before",
  });
  await rename("Legacy");
  await life.settle();
  const [standard, legacy] = life.take();
  if (!standard || !legacy) throw new Error("not delivered");
  expect(await verify(standard, secret)).toMatchObject({ type: "product.updated" });
  expect(await verify(legacy, "a secret of before")).toMatchObject({ data: { name: "Legacy" } });
  await expect(verify(standard, "whsec_AAAA")).rejects.toThrow();
});

test("a failure is tried again: the same id and payload, a fresh signature; redirects are not followed", async () => {
  life.answer(500, 307, 404);
  await rename("Once");
  await life.settle();
  await expect.poll(life.arrived).toBe(4);
  await life.settle();
  const tries = life.take();
  expect(new Set(tries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
  expect(tries[0]?.headers["user-agent"]).toBe("polar.sh webhooks");
  for (const each of tries) await verify(each, life.endpoint.secret);
  const log = await life.polar.webhooks.listWebhookDeliveries({ limit: 4 });
  expect(log.items.map(({ http_code }) => http_code)).toEqual([202, 404, 307, 500]);
});

test("ten events that fail for good switch the endpoint off; what waits is skipped; a redelivery keeps its id", async () => {
  await life.close();
  life = await polarLife({ backoffBaseMs: 0.01 });
  life.answer(...Array.from({ length: 200 }, () => 500));
  for (let index = 0; index < 10; index++) await rename(`Name ${index}`);
  await expect
    .poll(async () => (await life.polar.webhooks.getWebhookEndpoint(life.endpoint.id)).enabled, {
      timeout: 20_000,
    })
    .toBe(false);
  const failed = life.take();
  expect(failed).toHaveLength(100);
  await rename("Nobody hears");
  await life.settle();
  expect(life.take()).toEqual([]);

  life.answer();
  await life.polar.webhooks.updateWebhookEndpoint(life.endpoint.id, { enabled: true });
  const id = failed[0]?.headers["webhook-id"] ?? "";
  await life.polar.webhooks.redeliverWebhookEvent(id);
  await life.settle();
  const [again] = life.take();
  expect(again?.headers["webhook-id"]).toBe(id);
  expect(again?.body).toBe(failed[0]?.body);
});

test("a redelivery counts on: ten attempts in all, and delivered stays delivered", async () => {
  await life.close();
  life = await polarLife({ backoffBaseMs: 0.01 });
  const arrivals = async () => {
    const left = () => life.control<{ undelivered: number }>("GET", "webhooks");
    await expect.poll(left).toEqual({ undelivered: 0 });
    return life.take().length;
  };
  const latest = async () => (await life.polar.webhooks.listWebhookDeliveries({})).items[0];
  await rename("Delivered");
  await life.settle();
  expect(await arrivals()).toBe(1);
  const { id } = (await latest())?.webhook_event ?? { id: "" };

  await life.control("PUT", "faults", { webhooks: { hold: true } });
  await life.polar.webhooks.redeliverWebhookEvent(id);
  expect((await latest())?.webhook_event.succeeded).toBe(true);
  life.answer(...Array.from({ length: 20 }, () => 500));
  await life.control("PUT", "faults", {});
  await life.settle();
  expect(await arrivals()).toBe(9);
  await life.polar.webhooks.redeliverWebhookEvent(id);
  await life.settle();
  expect(await arrivals()).toBe(1);
  expect(await latest()).toMatchObject({
    http_code: 500,
    succeeded: false,
    webhook_event: { id, succeeded: true, last_http_code: 500 },
  });
  const { pagination } = await life.polar.webhooks.listWebhookDeliveries({});
  expect(pagination.total_count).toBeGreaterThanOrEqual(11);
});

test("held webhooks come later, dropped ones never, doubled ones twice", async () => {
  await life.control("PUT", "faults", { webhooks: { hold: true } });
  await rename("Held");
  await life.settle();
  expect(life.take()).toEqual([]);
  await life.control("PUT", "faults", {});
  await life.settle();
  expect(life.take()).toHaveLength(1);

  await life.control("PUT", "faults", { webhooks: { drop: 1 } });
  await rename("Lost");
  await life.settle();
  expect(life.take()).toEqual([]);

  await life.control("PUT", "faults", { webhooks: { duplicate: 1 } });
  await rename("Twice");
  await life.settle();
  expect(life.take()).toHaveLength(2);
});

test("a wrong signature and an old timestamp are refused by the SDK; unknown types and fields pass", async () => {
  await life.control("PUT", "faults", { webhooks: { bad_signature: 1 } });
  await rename("Forged");
  await life.settle();
  await life.control("PUT", "faults", { webhooks: { old_timestamp: 1 } });
  await rename("Old");
  await life.settle();
  const refused = life.take();
  expect(refused).toHaveLength(2);
  for (const each of refused) await expect(verify(each, life.endpoint.secret)).rejects.toThrow();

  await life.control("PUT", "faults", { webhooks: { unknown_type: 1, unknown_field: 1 } });
  await rename("Later");
  await life.settle();
  const [known, unknown] = life.take();
  expect(JSON.parse(known?.body ?? "")).toMatchObject({ data: { from_the_future: {} } });
  expect(JSON.parse(unknown?.body ?? "").type).toBe("mystery.happened");
  if (known) await verify(known, life.endpoint.secret);
});

test("shuffled events all arrive; the same seed draws the same faults", async () => {
  await life.control("PUT", "faults", { webhooks: { shuffle_ms: 60 } });
  for (let index = 0; index < 12; index++) await rename(`Name ${index}`);
  await expect.poll(life.arrived).toBe(12);
  const names = life.take().map(({ body }) => JSON.parse(body).data.name as string);
  expect(new Set(names).size).toBe(12);

  const drawn = async () => {
    await life.control("PUT", "faults", { seed: 7, api: { fault: "error_500", share: 0.5 } });
    const statuses: number[] = [];
    for (let index = 0; index < 20; index++) {
      const response = await fetch(`${life.emulator.url}/v1/products/`, {
        headers: { authorization: `Bearer ${life.emulator.accessToken}` },
      });
      statuses.push(response.status);
    }
    return statuses;
  };
  const first = await drawn();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await drawn()).toEqual(first);
});
