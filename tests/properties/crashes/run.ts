import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { closeDb, db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { startEmulator } from "@/emulator/server";
import { anyPort } from "@/scripts/local/ports";
import { person } from "../../support/people";
import { chaosOf } from "../lives/chaos";
import { appPart, postgresPart, workerPart } from "./parts";
import { type Sent, sendAll, webhooksFor } from "./stream";
import type { Part } from "./supervise";

async function settled(deadline: number): Promise<void> {
  for (;;) {
    const [inbox] = await db().execute<{ pending: number }>(
      sql`select count(*)::int as pending from webhook_inbox where status = 'pending'`,
    );
    if (!inbox?.pending) return;
    if (Date.now() > deadline) throw new Error(`${inbox.pending} webhooks are still not applied.`);
  }
}

/** What is wrong with what the database holds of the acknowledged webhooks. */
async function faultsOf(sent: readonly Sent[]): Promise<string[]> {
  const rows = await db().execute<{ id: string; status: string }>(
    sql`select webhook_id as id, status from webhook_inbox`,
  );
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  const seen = await db().execute<{ id: string; count: number }>(
    sql`select object_id as id, count(*)::int as count from audit_log group by 1`,
  );
  const audited = new Map(seen.map(({ id, count }) => [id, count]));
  const keys = await db().execute<{ key: string }>(
    sql`select key from side_effects union all select key from emails`,
  );
  const effects = new Set(keys.map(({ key }) => key));
  return sent.flatMap(({ id, objectId, kind, body }) => [
    ...(statuses.get(id) === "applied" ? [] : [`${id} is ${statuses.get(id) ?? "lost"}`]),
    ...(audited.get(objectId) === 1
      ? []
      : [`${kind} ${objectId} was applied ${audited.get(objectId) ?? 0} times`]),
    ...(kind === "subscription" || effects.has(`order-fulfilled:${objectId}`)
      ? []
      : [`order ${objectId} was not fulfilled`]),
    ...(!body.includes('"total_amount":1900') || effects.has(`order-confirmation:${objectId}`)
      ? []
      : [`nobody was told of order ${objectId}`]),
  ]);
}

/**
 * Kills the app, a worker and PostgreSQL with -9, in turn, at random moments of a stream of webhooks, and
 * starts each again.
 *
 * @param options.kills how many times.
 * @throws naming each acknowledged webhook that is lost, or was applied twice or not at all.
 */
export async function runCrashes(options: { webhooks: number; kills: number; seed?: number }) {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const chaos = chaosOf(seed);
  const started = performance.now();
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const database = await postgresPart();
  await database.start();
  const polar = await startEmulator();
  const port = await anyPort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    APP_URL: url,
    DATABASE_URL: database.url(),
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: polar.url,
    POLAR_ACCESS_TOKEN: polar.accessToken,
    POLAR_WEBHOOK_SECRET: secret,
    WORKER: "on",
    LOG_LEVEL: "silent",
  });
  await migrate(database.url());
  const owners = await Promise.all(Array.from({ length: 20 }, async () => (await person()).id));
  await closeDb();
  // A part that does not come back ends the trial: nothing would be acknowledged any more.
  const lost = new AbortController();
  const onLost = (error: unknown) => lost.abort(error);
  const app = appPart(port, { ...process.env }, onLost);
  const worker = workerPart({ ...process.env }, onLost);
  await Promise.all([app.start(), worker.start()]);

  const parts: Part[] = chaos.shuffle([app, worker, database]);
  const moments = Array.from({ length: options.kills }, () =>
    chaos.below(Math.floor(options.webhooks * 0.9)),
  ).sort((a, b) => a - b);
  let killing = Promise.resolve();
  const strike = (index: number) => {
    const part = parts[index % parts.length] as Part;
    killing = killing.then(async () => {
      await part.kill();
      await part.start();
    });
    killing.catch(onLost);
  };
  try {
    const sent = webhooksFor(owners, options.webhooks);
    let struck = 0;
    await sendAll({ url, secret, signal: lost.signal }, sent, (count) => {
      while (struck < moments.length && (moments[struck] ?? 0) < count) strike(struck++);
    });
    await killing;
    // The last blow: whatever a process had in hand is left to those that start after it.
    await Promise.all([app.kill(), worker.kill()]);
    await Promise.all([app.start(), worker.start()]);
    await settled(Date.now() + 120_000);
    const faults = await faultsOf(sent);
    if (faults.length > 0)
      throw new Error(`${faults.length} faults (seed ${seed}):\n${faults.slice(0, 20).join("\n")}`);
  } finally {
    await Promise.all([app.stop(), worker.stop(), closeDb(), polar.close()]);
    await database.stop();
  }
  return {
    webhooks: options.webhooks,
    kills: options.kills + 2,
    seed,
    seconds: (performance.now() - started) / 1000,
  };
}
