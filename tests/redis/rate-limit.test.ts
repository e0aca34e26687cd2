import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countCall } from "@/lib/rate-limit";
import { anyPort } from "@/scripts/local/ports";

let server: ChildProcess;

/** A Redis that keeps nothing, there when it takes connections. */
async function startRedis(): Promise<ChildProcess> {
  const port = await anyPort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const ready = Promise.withResolvers<void>();
  child.once("error", () => ready.reject(new Error("redis-server is not installed.")));
  child.stdout.on("data", (line: Buffer) => {
    if (line.includes("Ready to accept connections")) ready.resolve();
  });
  await ready.promise;
  process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
  return child;
}

async function stopRedis(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill("SIGKILL");
  await exited;
}

beforeAll(async () => {
  server = await startRedis();
});
afterAll(stopRedis);

const quota = { name: "test", calls: 20, seconds: 60 };
const allowed = async (caller: string, calls: number) =>
  (await Promise.all(Array.from({ length: calls }, () => countCall(quota, caller)))).filter(
    (standing) => standing.allowed,
  ).length;

test("of 50 calls at once as many pass as the quota says, for each caller", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  expect(await Promise.all([allowed(one, 50), allowed(other, 5)])).toEqual([20, 5]);
  expect(await countCall(quota, one)).toMatchObject({ allowed: false, remaining: 0 });
  expect(await countCall(quota, other)).toMatchObject({ allowed: true, remaining: 14 });
});

test("a Redis that goes away is stood in for, and nobody is locked out", async () => {
  const caller = randomUUID();
  expect(await allowed(caller, 20)).toBe(20);
  await stopRedis();
  expect(await allowed(caller, 50)).toBe(20);
});
