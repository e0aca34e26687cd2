import { randomUUID } from "node:crypto";
import { migrate } from "@/db/migrate";
import { type Emulator, type EmulatorOptions, startEmulator } from "@/emulator/server";
import { ensureDatabase } from "@/scripts/local/postgres";

export type World = {
  polar: Emulator;
  /** Calls the local Polar, its API or what it can be told beside that. */
  call: <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;
  close: () => Promise<void>;
};

/**
 * A database and a local Polar of a test file's own, set as this process's environment. Call it before
 * anything reads the environment.
 */
export async function ownWorld(options: EmulatorOptions = {}): Promise<World> {
  const { port } = new URL(process.env.DATABASE_URL ?? "");
  const name = `own_${randomUUID().replaceAll("-", "")}`;
  const url = await ensureDatabase(Number(port), name);
  // Under `npm run test:pooler` the first address is a pooler's.
  const { DIRECT_DATABASE_URL: past } = process.env;
  const direct = past ? await ensureDatabase(Number(new URL(past).port), name) : url;
  await migrate(direct, past ? url : undefined);
  if (past) process.env.DIRECT_DATABASE_URL = direct;
  const polar = await startEmulator({
    meterDelayMs: 50,
    stateDebounceMs: 50,
    paymentDelayMs: 10,
    ...options,
  });
  process.env.DATABASE_URL = url;
  process.env.POLAR_API_URL = polar.url;
  process.env.POLAR_ACCESS_TOKEN = polar.accessToken;
  return {
    polar,
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(polar.url + path, {
        method,
        headers: {
          authorization: `Bearer ${polar.accessToken}`,
          "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text ? JSON.parse(text) : undefined) as T;
    },
    close: () => polar.close(),
  };
}
