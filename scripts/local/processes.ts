import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process and when it started: a pid is given to another program some day, the two together are not. */
export type Identity = { pid: number; started: string | null };

/** Whether a process, any process, has this pid now. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

type Found = { started: string | null; isZombie: boolean };

/** What `/proc` says of a process, where there is one: slim images have no `ps`. */
function fromProc(pid: number): Found | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  try {
    const stat = readFileSync(file, "utf8");
    // The second field is the program's name in brackets, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { started: fields[19] ?? null, isZombie: fields[0] === "Z" };
  } catch {
    return null;
  }
}

function fromPs(pid: number): Found {
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  return { started: stdout?.trim() || null, isZombie: false };
}

const lookUp = (pid: number): Found => fromProc(pid) ?? fromPs(pid);

export function identify(pid: number): Identity {
  return { pid, started: lookUp(pid).started };
}

/** Whether that very process still runs; null when its pid is in use and the system does not tell by whom. */
export function stillRuns({ pid, started }: Identity): boolean | null {
  if (!isAlive(pid)) return false;
  const now = lookUp(pid);
  if (now.isZombie) return false;
  if (!started || !now.started) return null;
  return now.started === started;
}
