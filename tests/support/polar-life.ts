import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { createPolar, type models } from "@polar-sh/sdk/2026-10";
import { WEBHOOK_TYPES } from "@/emulator/resources/webhook-types";
import { type EmulatorOptions, startEmulator } from "@/emulator/server";

/** A delivery as the endpoint got it. */
export type Delivery = { headers: Record<string, string>; body: string };

type Envelope = { type: string; timestamp: string; data: Record<string, unknown> };

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/**
 * A local Polar with a client, an endpoint that takes every webhook, and a catalog: a plan with a metered
 * price and a trial, one without a trial, and a one-time pack.
 */
export async function polarLife(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({
    meterDelayMs: 20,
    stateDebounceMs: 20,
    paymentDelayMs: 5,
    backoffBaseMs: 20,
    ...options,
  });
  const deliveries: Delivery[] = [];
  let answers: number[] = [];
  const sink = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    deliveries.push({ headers: plain(request.headers), body });
    const status = answers.shift() ?? 202;
    response.writeHead(status, status === 307 ? { location: "/elsewhere" } : {}).end();
  });
  sink.listen(0, "127.0.0.1");
  await once(sink, "listening");
  const polar = createPolar({ accessToken: emulator.accessToken, baseUrl: emulator.url });

  async function control<T>(method: string, path: string, body: unknown = {}): Promise<T> {
    const response = await fetch(`${emulator.url}/_emulator/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${emulator.accessToken}`,
        "content-type": "application/json",
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  const settle = () => control("POST", "settle");

  const endpoint = await polar.webhooks.createWebhookEndpoint({
    url: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/hook`,
    format: "raw",
    events: [...WEBHOOK_TYPES],
  });
  const meter = await polar.meters.create({
    name: "Codes",
    filter: { conjunction: "and", clauses: [{ property: "name", operator: "eq", value: "code" }] },
    aggregation: { func: "sum", property: "units" },
  });
  const flag = await polar.benefits.create({
    type: "feature_flag",
    description: "Colours",
    properties: {},
  });
  const credits = (units: number, rollover: boolean) =>
    polar.benefits.create({
      type: "meter_credit",
      description: `${units} codes`,
      properties: { units, rollover, meter_id: meter.id },
    });
  const allowance = await credits(5000, false);
  const more = await credits(1000, true);
  const plan = async (about: Partial<models.ProductCreateRecurring>, benefits: string[]) => {
    const product = await polar.products.create({
      name: "Pro",
      description: "For people who print and publish",
      recurring_interval: "month",
      prices: [
        { amount_type: "fixed", price_amount: 1900 },
        { amount_type: "metered_unit", meter_id: meter.id, unit_amount: "0.2" },
      ],
      ...about,
    });
    return await polar.products.updateBenefits(product.id, { benefits });
  };
  const products = {
    plan: await plan({}, [flag.id, allowance.id]),
    trial: await plan({ trial_interval: "day", trial_interval_count: 14 }, [flag.id]),
    yearly: await plan({ recurring_interval: "year", meter_interval: "month" }, [allowance.id]),
    pack: await polar.products.create({
      name: "Pack",
      description: "On top of any plan",
      prices: [{ amount_type: "fixed", price_amount: 1000 }],
    }),
  };
  await polar.products.updateBenefits(products.pack.id, { benefits: [more.id] });
  await settle();
  deliveries.length = 0;

  const confirm = async (
    checkout: models.Checkout,
    card = "pm_card_visa",
    country: models.CountryAlpha2Input = "US",
  ) => {
    await polar.checkouts.clientConfirm(checkout.client_secret, {
      customer_name: "Ada Lovelace",
      customer_billing_address: {
        country,
        line1: "12 Analytical Row",
        postal_code: "94104",
        city: "San Francisco",
        ...(country === "US" ? { state: "US-CA" } : {}),
      },
      confirmation_token_id: card,
    });
    await settle();
  };

  return {
    emulator,
    polar,
    meter,
    /** What the meter counts. */
    event: "code",
    products,
    endpoint,
    control,
    settle,
    confirm,
    /** Moves the clock by days. */
    advance: (days: number) => control("POST", "clock/advance", { seconds: days * 86_400 }),
    /** How many deliveries have arrived and were not taken. */
    arrived: () => deliveries.length,
    /** What has been delivered since the last time it was asked for. */
    take: () => deliveries.splice(0),
    /** The same as names, with the status where there is one, as POLAR's tables write them. */
    events: () =>
      deliveries.splice(0).map(({ body }) => {
        const { type, data } = JSON.parse(body) as Envelope;
        return typeof data.status === "string" ? `${type} (${data.status})` : type;
      }),
    /** The statuses that the endpoint answers next; afterwards 202 again. */
    answer: (...statuses: number[]) => {
      answers = statuses;
    },
    /** Buys a product for a new customer of this external id. */
    async buy(product: models.Product, externalId: string, card?: string) {
      const customer = await polar.customers.create({
        email: `${externalId}@example.com`,
        external_id: externalId,
      });
      await settle();
      deliveries.length = 0;
      const checkout = await polar.checkouts.create({
        products: [product.id],
        external_customer_id: externalId,
      });
      await confirm(checkout, card);
      return { customer, checkout };
    },
    async close() {
      await emulator.close();
      sink.close();
      sink.closeAllConnections();
    },
  };
}

export type PolarLife = Awaited<ReturnType<typeof polarLife>>;
