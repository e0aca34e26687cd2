import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Identity, identify, stillRuns } from "./processes";

/** What a `npm run dev` notes of itself, so that the next one can tell a live run from a killed one. */
export type Run = Identity & { appUrl: string | null; app: Identity | null };

/** Ends what a killed run left, and waits until its port is free. */
async function endApp(app: Identity): Promise<void> {
  process.kill(app.pid, "SIGTERM");
  for (let tries = 0; tries < 100 && stillRuns(app) === true; tries++) await wait(100);
}

/**
 * The run noted in `file`, if its process still lives, or if that cannot be told: two runs on one database
 * would do more harm than one that has to be asked for twice. The app of a killed run is ended.
 */
export async function findRun(file: string): Promise<(Run & { isCertain: boolean }) | null> {
  if (!existsSync(file)) return null;
  let run: Run;
  try {
    run = JSON.parse(readFileSync(file, "utf8")) as Run;
  } catch {
    rmSync(file, { force: true });
    return null;
  }
  const runs = stillRuns(run);
  if (runs !== false) return { ...run, isCertain: runs === true };
  if (run.app && stillRuns(run.app) === true) await endApp(run.app);
  rmSync(file, { force: true });
  return null;
}

/**
 * Notes this process as the run in `file`.
 *
 * @throws when another has noted itself since `findRun` looked.
 */
export function claimRun(file: string): void {
  const run: Run = { ...identify(process.pid), appUrl: null, app: null };
  try {
    writeFileSync(file, JSON.stringify(run), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error("Another `npm run dev` has just started here.");
  }
}

/** Adds to this process's note where its app is. */
export function noteApp(file: string, appUrl: string, appPid: number | undefined): void {
  const app = appPid === undefined ? null : identify(appPid);
  const run: Run = { ...identify(process.pid), appUrl, app };
  writeFileSync(file, JSON.stringify(run));
}
