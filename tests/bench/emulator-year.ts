import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { models } from "@polar-sh/sdk/2026-10";
import { type EmulatorProcess, startEmulatorProcess } from "./emulator-process";
import type { Figure } from "./figure";

const EVENTS: models.WebhookEventType[] = [
  "checkout.created",
  "checkout.updated",
  "customer.created",
  "customer.updated",
  "customer.state_changed",
  "order.created",
  "order.updated",
  "order.paid",
  "subscription.created",
  "subscription.active",
  "subscription.updated",
  "subscription.cycled",
  "benefit_grant.created",
  "benefit_grant.cycled",
];
const AT_ONCE = 8;

async function startSink() {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      taken += 1;
      response.writeHead(202).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken: () => taken,
    close: () => server.close(),
  };
}

async function makePlan(polar: EmulatorProcess): Promise<string> {
  const flag = await polar.call<models.Benefit>("POST", "/v1/benefits/", {
    type: "feature_flag",
    description: "Colours",
    properties: {},
  });
  const product = await polar.call<models.Product>("POST", "/v1/products/", {
    name: "Pro",
    recurring_interval: "month",
    prices: [{ amount_type: "fixed", price_amount: 1900 }],
  });
  await polar.call("POST", `/v1/products/${product.id}/benefits`, { benefits: [flag.id] });
  return product.id;
}

async function subscribe(polar: EmulatorProcess, product: string, index: number): Promise<void> {
  const checkout = await polar.call<models.Checkout>("POST", "/v1/checkouts/", {
    products: [product],
    customer_email: `subscriber-${index}@example.com`,
    external_customer_id: `subscriber-${index}`,
  });
  await polar.call("POST", `/v1/checkouts/client/${checkout.client_secret}/confirm`, {
    customer_name: "Ada Lovelace",
    customer_billing_address: { country: "US" },
    confirmation_token_id: "pm_card_visa",
  });
}

/**
 * One simulated year of monthly subscribers, every webhook delivered to a sink that takes it, and then
 * reads of that state. Seconds, and reads a second over 8 connections.
 */
export async function benchEmulator(subscribers = 1000): Promise<Figure[]> {
  const polar = await startEmulatorProcess();
  const sink = await startSink();
  try {
    await polar.call("POST", "/v1/webhooks/endpoints", {
      url: sink.url,
      format: "raw",
      events: EVENTS,
    });
    const product = await makePlan(polar);
    const started = performance.now();
    for (let index = 0; index < subscribers; index += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, subscribers - index) }, (_, offset) =>
          subscribe(polar, product, index + offset),
        ),
      );
    await polar.call("POST", "/_emulator/settle", {});
    const subscribed = performance.now();
    const before = sink.taken();
    await polar.call("POST", "/_emulator/clock/advance", { seconds: 365 * 86_400 });
    const year = (performance.now() - subscribed) / 1000;
    const { pagination } = await polar.call<{ pagination: models.Pagination }>(
      "GET",
      "/v1/orders/?limit=1&product_billing_type=recurring",
    );
    const { undelivered } = await polar.call<{ undelivered: number }>("GET", "/_emulator/webhooks");
    const renewals = pagination.total_count - subscribers;
    if (undelivered > 0) throw new Error(`${undelivered} webhooks were not delivered`);
    return [
      {
        name: `local Polar: ${subscribers} subscriptions made`,
        value: (subscribed - started) / 1000,
        unit: "s",
      },
      {
        name: `local Polar: a year of ${subscribers} monthly subscribers, ${renewals} renewals, ${sink.taken() - before} webhooks`,
        value: year,
        unit: "s",
        target: { most: 60 },
      },
      await benchReads(polar),
    ];
  } finally {
    await polar.stop();
    sink.close();
  }
}

async function benchReads(polar: EmulatorProcess): Promise<Figure> {
  const { items } = await polar.call<{ items: models.Subscription[] }>(
    "GET",
    "/v1/subscriptions/?limit=100",
  );
  const paths = items.flatMap(({ id, customer_id }) => [
    `/v1/subscriptions/${id}`,
    `/v1/customers/${customer_id}`,
    `/v1/customers/${customer_id}/state`,
    `/v1/subscriptions/?customer_id=${customer_id}`,
    `/v1/orders/?customer_id=${customer_id}&limit=10`,
  ]);
  const reads = 5000;
  const started = performance.now();
  let next = 0;
  const reader = async () => {
    for (let index = next++; index < reads; index = next++)
      await polar.call("GET", paths[index % paths.length] ?? "");
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return {
    name: "local Polar: reads of that state (objects, lists of a customer)",
    value: reads / ((performance.now() - started) / 1000),
    unit: "/s",
    target: { least: 1000 },
  };
}
