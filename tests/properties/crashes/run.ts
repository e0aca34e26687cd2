import { randomBytes } from "node:crypto";
import { closeDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { startEmulator } from "@/emulator/server";
import { anyPort } from "@/scripts/local/ports";
import { person } from "../../support/people";
import { startSmtp } from "../../support/smtp";
import { chaosOf } from "../lives/chaos";
import { faultsOf, mailFaults, settled } from "./faults";
import { appPart, postgresPart, workerPart } from "./parts";
import { sendAll, webhooksFor } from "./stream";
import type { Part } from "./supervise";

/** The app's and the worker's. */
const jobsAtOnce = 8;

/**
 * Kills the app, a worker and PostgreSQL with -9, in turn, at random moments of a stream of webhooks, and
 * starts each again.
 *
 * @param options.kills how many times.
 * @throws naming each acknowledged webhook that is lost, or was applied twice or not at all, each object that is not as
 *   its newest webhook has it, and each mail that was not sent.
 */
export async function runCrashes(options: { webhooks: number; kills: number; seed?: number }) {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const chaos = chaosOf(seed);
  const started = performance.now();
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const database = await postgresPart();
  await database.start();
  const polar = await startEmulator();
  const smtp = await startSmtp();
  const port = await anyPort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    APP_URL: url,
    DATABASE_URL: database.url(),
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: polar.url,
    POLAR_ACCESS_TOKEN: polar.accessToken,
    POLAR_WEBHOOK_SECRET: secret,
    SMTP_URL: smtp.url,
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
    const sent = chaos.shuffle(webhooksFor(owners, options.webhooks));
    let struck = 0;
    await sendAll({ url, secret, signal: lost.signal }, sent, (count) => {
      while (struck < moments.length && (moments[struck] ?? 0) < count) strike(struck++);
    });
    await killing;
    // The last blow: whatever a process had in hand is left to those that start after it.
    await Promise.all([app.kill(), worker.kill()]);
    await Promise.all([app.start(), worker.start()]);
    await settled(Date.now() + 120_000);
    const faults = [
      ...(await faultsOf(sent)),
      ...(await mailFaults(smtp.messageIds, (options.kills + 2) * jobsAtOnce)),
    ];
    if (faults.length > 0)
      throw new Error(`${faults.length} faults (seed ${seed}):\n${faults.slice(0, 20).join("\n")}`);
  } finally {
    smtp.close();
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
