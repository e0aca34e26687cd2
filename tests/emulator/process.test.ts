import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createPolar } from "@polar-sh/sdk/2026-10";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anyPort } from "@/scripts/local/ports";

const root = resolve(import.meta.dirname, "../..");
const token = "polar_oat_process";
let folder: string;
let port: number;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "northstar-emulator-"));
  port = await anyPort();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as a shell would; resolves when it has said something or has ended. */
async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["emulator/main.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: undefined, POLAR_ACCESS_TOKEN: undefined, ...env },
  });
  children.push(child);
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text.err += chunk;
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  await Promise.race([once(child.stdout, "data"), ended]);
  return { child, text, ended };
}

const start = () => run(["--port", String(port), "--data", folder, "--token", token]);
const client = () => createPolar({ accessToken: token, baseUrl: `http://127.0.0.1:${port}` });

test("a process that is killed under load has lost nothing that it acknowledged", async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const { child, ended } = await start();
    const polar = client();
    let alive = true;
    const write = async (worker: number) => {
      for (let index = 0; alive; index++) {
        const external_id = `${round}-${worker}-${index}`;
        try {
          await polar.customers.create({ email: `${external_id}@example.com`, external_id });
          acknowledged.add(external_id);
          await polar.customers.getExternal(external_id);
        } catch {
          return;
        }
      }
    };
    const writers = [1, 2, 3, 4].map(write);
    const wanted = acknowledged.size + 60 + 37 * round;
    await expect
      .poll(() => acknowledged.size, { interval: 1, timeout: 20_000 })
      .toBeGreaterThan(wanted);
    child.kill("SIGKILL");
    await ended;
    alive = false;
    await Promise.all(writers);
  }
  await start();
  const stored = new Set<string | null | undefined>();
  for await (const customer of client().customers.iterList({ limit: 100 }))
    stored.add(customer.external_id);
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  const deliverable = await client().customers.create({ email: "after@example.com" });
  expect((await client().customers.get(deliverable.id)).id).toBe(deliverable.id);
});

test("it prints its address, token and folder; Ctrl-C ends it, and what was done is there again", async () => {
  const first = await start();
  expect(first.text.out).toContain(`http://127.0.0.1:${port}`);
  expect(first.text.out).toContain(token);
  expect(first.text.out).toContain(folder);
  const { id } = await client().customers.create({ email: "kept@example.com" });
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  expect(first.text.err).toBe("");
  await start();
  expect((await client().customers.get(id)).email).toBe("kept@example.com");
});

test("a taken port and a folder in use are one sentence each", async () => {
  await start();
  const other = mkdtempSync(join(tmpdir(), "northstar-emulator-"));
  const taken = await run(["--port", String(port), "--data", other]);
  expect(await taken.ended).toBe(1);
  expect(taken.text.err).toBe(`Port ${port} is taken: choose another with --port.\n`);
  rmSync(other, { recursive: true, force: true });

  const second = await run(["--port", "0", "--data", folder]);
  expect(await second.ended).toBe(1);
  expect(second.text.err).toBe(
    `The data folder ${folder} is in use by another local Polar. Stop that one, or choose another folder with --data.\n`,
  );
  await client().customers.create({ email: "still-there@example.com" });
});

test("--help names every option; what is misspelt is one sentence", async () => {
  const help = await run(["--help"]);
  expect(await help.ended).toBe(0);
  for (const name of ["--port", "--data", "--token", "--faults", "POLAR_FAULTS", "POLAR_CONSOLE"])
    expect(help.text.out).toContain(name);
  for (const [args, env, said] of [
    [["--prot", "1"], {}, /Unknown option '--prot'/],
    [["--port", "many"], {}, /"many" is no port/],
    [[], { POLAR_FAULTS: "{" }, /are no JSON/],
    [[], { POLAR_FAULTS: '{"api":{"latency":1}}' }, /latency/],
  ] as const) {
    const wrong = await run(["--data", folder, ...args], env);
    expect(await wrong.ended).toBe(1);
    expect(wrong.text.err).toMatch(said);
    expect(wrong.text.err.trim().split("\n")).toHaveLength(1);
  }
});

test("the environment sets what the command line does not", async () => {
  await run([], {
    PORT: String(port),
    POLAR_ACCESS_TOKEN: token,
    POLAR_DATA_DIR: folder,
    POLAR_ORGANIZATION: "Umbrella",
    POLAR_FAULTS: JSON.stringify({ api: { fault: "error_503", path: "/v1/products" } }),
  });
  const polar = client();
  expect((await polar.organizations.list({})).items[0]?.name).toBe("Umbrella");
  await expect(polar.products.list({})).rejects.toThrow();
});

test("other names for this machine, and pages of other origins, are refused", async () => {
  await run(["--port", String(port), "--data", folder, "--hosts", "polar.test:9"]);
  const ask = async (method: string, path: string, headers: Record<string, string>) => {
    const { promise, resolve: done } = Promise.withResolvers<number>();
    const call = request(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (answer) => done(answer.resume().statusCode ?? 0),
    );
    call.end();
    return await promise;
  };
  const own = `127.0.0.1:${port}`;
  const authorization = "Bearer polar_oat_local";
  expect(await ask("GET", "/v1/products/", { host: own, authorization })).toBe(200);
  expect(await ask("GET", "/v1/products/", { host: `localhost:${port}`, authorization })).toBe(200);
  expect(await ask("GET", "/v1/products/", { host: "polar.test:9", authorization })).toBe(200);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", "127.0.0.1:1"])
    for (const path of ["/", "/v1/products/", "/_emulator/clock", "/portal"])
      expect(await ask("GET", path, { host, authorization }), `${host}${path}`).toBe(403);

  const settle = (headers: Record<string, string>) =>
    ask("POST", "/_emulator/settle", { host: own, authorization, ...headers });
  expect(await settle({})).toBe(200);
  expect(await settle({ origin: `http://${own}` })).toBe(200);
  expect(await settle({ origin: `http://${own}`, "sec-fetch-site": "same-origin" })).toBe(200);
  const foreigners: Record<string, string>[] = [
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { origin: `http://localhost:${port}`, "sec-fetch-site": "same-site" },
  ];
  for (const foreign of foreigners) {
    expect(await settle(foreign)).toBe(403);
    for (const path of ["/portal", "/checkout/polar_c_x", "/"])
      expect(await ask("POST", path, { host: own, ...foreign }), path).toBe(403);
  }
});
