import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { usualLockPatience } from "@/db/lock-patience";
import { codeBlocks } from "../support/readme";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");
const dockerfile = read("Dockerfile");
const compose = read("compose.yaml");
const guide = read("docs/deploying.md");
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? "");

function shutdownSeconds(): number {
  const took = found(read("lib/shutdown.ts"), /^const \w+Ms = ([\d_]+);/gm);
  return took.reduce((sum, ms) => sum + Number(ms.replace("_", "")) / 1000, 0);
}

test("the image has the pinned Node, runs as another than root, and asks an address that there is", () => {
  const { devDependencies } = JSON.parse(read("package.json")) as {
    devDependencies: { node: string };
  };
  expect(dockerfile).toContain(`FROM node:${devDependencies.node}-`);
  expect(dockerfile).toMatch(/\nUSER node\n[\s\S]*\nCMD /);
  const [address] = found(dockerfile, /127\.0\.0\.1:3000(\/[a-z/]+)/g);
  expect(existsSync(resolve(root, `app${address}/route.ts`))).toBe(true);
});

test("what the image copies and what its containers run is there, and no secret is copied", () => {
  const copied = found(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap((files) =>
    files.split(" "),
  );
  const run = found(compose, /"(scripts\/[\w-]+\.ts)"/g);
  expect(run).toEqual(["scripts/db-migrate.ts", "scripts/worker.ts"]);
  for (const file of [...copied, ...run]) expect(existsSync(resolve(root, file)), file).toBe(true);
  expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env", ".env.*"]));
});

test("compose sets variables that the app reads, waits as long as its shutdown takes, and is open to this host alone", () => {
  const known = found(read(".env.example"), /^([A-Z_]+)=/gm);
  const own = ["POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"];
  const set = found(compose, /^ +([A-Z_]+):/gm);
  expect(set.length).toBeGreaterThan(4);
  for (const name of set) expect([...known, ...own]).toContain(name);
  const seconds = shutdownSeconds();
  expect(Number(found(compose, /^ {2}stop_grace_period: (\d+)s/gm)[0])).toBeGreaterThan(seconds);
  expect(found(compose, /^ +- "([\d.]+:)\$\{APP_PORT/gm)).toEqual(["127.0.0.1:"]);
});

test("the guide's units start what is there, and wait as long as the shutdown takes", () => {
  const units = codeBlocks("docs/deploying.md").filter(({ language }) => language === "ini");
  expect(units).toHaveLength(2);
  for (const { code } of units) {
    const [command = ""] = found(code, /^ExecStart=\/srv\/northstar\/current\/(.+)$/gm);
    const files = command.split(" ").filter((word) => /^[\w.].*\/.*/.test(word));
    expect(files).toHaveLength(command.includes("--import") ? 3 : 2);
    for (const file of files) expect(existsSync(resolve(root, file)), file).toBe(true);
    expect(Number(found(code, /^TimeoutStopSec=(\d+)$/gm)[0])).toBeGreaterThan(shutdownSeconds());
    expect(code).toContain("\nKillMode=mixed\n");
  }
});

test("the guide runs scripts that there are, and tells of locks what the migration does", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = found(guide, /npm run ([\w:]+)/g);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(scripts, name).toHaveProperty([name]);
  expect(usualLockPatience).toEqual({ lockMs: 3_000, pauseMs: 2_000, tries: 20 });
  expect(guide).toMatch(/longer than three seconds\.[\s\S]*two seconds later[\s\S]*twenty times/);
});
