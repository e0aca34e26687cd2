import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");
const dockerfile = read("Dockerfile");
const compose = read("compose.yaml");
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? "");

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
  const took = found(read("lib/shutdown.ts"), /^const \w+Ms = ([\d_]+);/gm);
  const seconds = took.reduce((sum, ms) => sum + Number(ms.replace("_", "")) / 1000, 0);
  expect(Number(found(compose, /^ {2}stop_grace_period: (\d+)s/gm)[0])).toBeGreaterThan(seconds);
  expect(found(compose, /^ +- "([\d.]+:)\$\{APP_PORT/gm)).toEqual(["127.0.0.1:"]);
});
