import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

const MOST_STARTS = 50;

/** Something that runs, can be killed with -9 at any moment, and comes back at the same address. */
export type Part = {
  name: string;
  kill: () => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts what may fail for a moment: a port may be taken, memory held by what was killed. */
export async function untilStarted<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries >= MOST_STARTS) throw error;
      await wait(100);
    }
  }
}

async function end(child: ChildProcess | null, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/**
 * A process under a supervisor: whenever it ends by itself it is started again. The app does so, with a
 * sentence, where its database goes away while it starts.
 *
 * @param launch starts it and resolves when it is up; rejects when it ended before that.
 * @param onLost is told when it does not come back.
 */
export function supervised(
  name: string,
  launch: () => Promise<ChildProcess>,
  onLost: (error: unknown) => void,
): Part {
  let child: ChildProcess | null = null;
  let isWanted = false;
  let coming: Promise<void> = Promise.resolve();

  async function bringUp(): Promise<void> {
    const started = await untilStarted(launch);
    child = started;
    if (started.exitCode === null && started.signalCode === null) started.once("exit", comeBack);
    else comeBack();
  }
  function comeBack(): void {
    if (!isWanted) return;
    coming = bringUp();
    coming.catch(onLost);
  }
  async function take(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    isWanted = false;
    await coming.catch(() => {});
    await end(child, signal);
  }

  return {
    name,
    async start() {
      isWanted = true;
      coming = bringUp();
      await coming;
    },
    kill: () => take("SIGKILL"),
    stop: () => take("SIGTERM"),
  };
}
