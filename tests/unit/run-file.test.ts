import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identify, stillRuns } from "@/scripts/local/processes";
import { claimRun, findRun, noteApp, type Run } from "@/scripts/local/run-file";

const path = process.env.PATH;
let folder: string;
let file: string;
let child: ChildProcess;
let pid: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "northstar-run-"));
  file = join(folder, "dev.json");
  child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  pid = child.pid ?? 0;
});

afterEach(async () => {
  process.env.PATH = path;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(folder, { recursive: true });
});

const note = (run: Partial<Run>) =>
  writeFileSync(file, JSON.stringify({ pid, started: null, appUrl: null, app: null, ...run }));

test("a live run is found where there is no `ps`", async () => {
  process.env.PATH = folder;
  note({ ...identify(pid), appUrl: "http://localhost:3000" });
  expect(await findRun(file)).toMatchObject({ pid, appUrl: "http://localhost:3000" });
  expect(existsSync(file)).toBe(true);
});

test("a run that cannot be told from another program counts as live", async () => {
  note({ started: null });
  expect(await findRun(file)).toMatchObject({ pid, isCertain: false });
  expect(existsSync(file)).toBe(true);
});

test("another program that was given the pid of a killed run is no run", async () => {
  const { started } = identify(process.pid);
  note({ started: `${started}0` });
  expect(await findRun(file)).toBeNull();
  expect(existsSync(file)).toBe(false);
});

test("of a killed run the app is ended, and only it", async () => {
  const killed = spawn(process.execPath, ["-e", ""]);
  await once(killed, "exit");
  const gone = { pid: killed.pid ?? 0, started: "1" };
  note({ ...gone, app: { pid: process.pid, started: "1" } });
  expect(await findRun(file)).toBeNull();

  const app = identify(pid);
  note({ ...gone, app });
  expect(await findRun(file)).toBeNull();
  expect(stillRuns(app)).toBe(false);
  await expect.poll(() => child.signalCode).toBe("SIGTERM");
});

test("a note that is no note is forgotten", async () => {
  writeFileSync(file, "{");
  expect(await findRun(file)).toBeNull();
  expect(existsSync(file)).toBe(false);
});

test("one of two that start together is the run", async () => {
  claimRun(file);
  expect(() => claimRun(file)).toThrow("has just started here");
  noteApp(file, "http://localhost:3000", pid);
  expect(await findRun(file)).toMatchObject({
    ...identify(process.pid),
    appUrl: "http://localhost:3000",
    app: identify(pid),
  });
});
