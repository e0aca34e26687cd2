import { randomUUID } from "node:crypto";
import { closeDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { meter } from "@/lib/billing/catalog";
import { pullProducts } from "@/lib/billing/mirror/pull";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { type NextServer, startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { ensureDatabase } from "@/scripts/local/postgres";
import { type PolarLife, polarLife } from "../../support/polar-life";

/** The app, built and in a process of its own, with a database and a local Polar of its own. */
export type Stage = {
  life: PolarLife;
  app: NextServer;
  /** Sends a delivery to the app's route; whatever is not 202 is an error. */
  post: (delivery: { headers: Record<string, string>; body: string }) => Promise<void>;
  close: () => Promise<void>;
};

const sent = ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"];

async function productsByKey(life: PolarLife): Promise<PolarLife["products"]> {
  const { items } = await life.polar.products.list({ limit: 100 });
  const find = (key: string) => {
    const found = items.find(({ metadata }) => metadata.catalog_key === key);
    if (!found) throw new Error(`The local Polar has no product ${key}.`);
    return found;
  };
  return {
    plan: find("business-monthly"),
    trial: find("pro-monthly"),
    yearly: find("pro-yearly"),
    pack: find("pack-1000"),
  };
}

/**
 * Sets the stage in this process's environment: the tests' own database pool and pulls work on the same
 * database and Polar as the app. What Polar delivers is recorded, and reaches the app only when it is posted.
 */
export async function setStage(): Promise<Stage> {
  const { port: postgresPort } = new URL(process.env.DATABASE_URL ?? "");
  const database = await ensureDatabase(
    Number(postgresPort),
    `lives_${randomUUID().replaceAll("-", "")}`,
  );
  await migrate(database);
  const port = await anyPort();
  const url = `http://127.0.0.1:${port}`;
  const recorder = await polarLife({ stateDebounceMs: 1, meterDelayMs: 1, paymentDelayMs: 1 });
  Object.assign(process.env, {
    APP_URL: url,
    DATABASE_URL: database,
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: recorder.emulator.url,
    POLAR_ACCESS_TOKEN: recorder.emulator.accessToken,
    POLAR_WEBHOOK_SECRET: recorder.endpoint.secret,
    WORKER: "off",
    // No host's cron: the worker alone runs jobs.
    CRON_SECRET: "",
    LOG_LEVEL: "error",
  });
  await syncCatalog(true);
  const { items } = await recorder.polar.webhooks.listWebhookEndpoints();
  for (const { id } of items)
    if (id !== recorder.endpoint.id) await recorder.polar.webhooks.deleteWebhookEndpoint(id);
  await recorder.settle();
  recorder.take();
  await pullProducts();
  const app = startNext("start", port, process.env);
  await untilReady(app, `${url}/api/health/ready`);
  return {
    life: { ...recorder, products: await productsByKey(recorder), event: meter.event },
    app,
    async post({ headers, body }) {
      const response = await fetch(`${url}/api/webhooks/polar`, {
        method: "POST",
        body,
        headers: Object.fromEntries(sent.map((name) => [name, headers[name] ?? ""])),
      });
      const answer = await response.text();
      if (response.status !== 202)
        throw new Error(`The route answered ${response.status} ${answer}`);
    },
    async close() {
      await app.stop();
      await recorder.close();
      await closeDb();
    },
  };
}
