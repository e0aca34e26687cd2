import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** What a `npm run dev` notes of itself, so that the next one can tell a live run from a killed one. */
export type Run = { pid: number; appUrl: string; appPid: number | null };

function commandOf(pid: number): string {
  return (
    spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? ""
  );
}

/** The run noted in `file`, if its process still lives; the app of a killed one is ended. */
export function findRun(file: string): Run | null {
  if (!existsSync(file)) return null;
  let run: Run;
  try {
    run = JSON.parse(readFileSync(file, "utf8")) as Run;
  } catch {
    rmSync(file, { force: true });
    return null;
  }
  // A pid may have been given to another program since: only one that looks like ours counts.
  if (commandOf(run.pid).includes("scripts/dev.ts")) return run;
  if (run.appPid && /next/.test(commandOf(run.appPid))) process.kill(run.appPid, "SIGTERM");
  rmSync(file, { force: true });
  return null;
}

export function noteRun(file: string, run: Run): void {
  writeFileSync(file, JSON.stringify(run));
}
