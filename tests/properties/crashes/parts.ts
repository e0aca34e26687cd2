import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { dataDir } from "@/scripts/local/data-dir";
import { type NextServer, startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { type LocalPostgres, startPostgres } from "@/scripts/local/postgres";

/** Something that runs, can be killed with -9 at any moment, and comes back at the same address. */
export type Part = {
  name: string;
  kill: () => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
};

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** The app, built, with background jobs beside its requests. */
export function appPart(port: number, env: NodeJS.ProcessEnv): Part & { output: () => string } {
  let app: NextServer | null = null;
  return {
    name: "app",
    output: () => app?.output() ?? "",
    async start() {
      app = startNext("start", port, env);
      // Alive is enough: the database may be what is away.
      await untilReady(app, `http://127.0.0.1:${port}/api/health/live`);
    },
    async kill() {
      if (app) await killed(app.child);
    },
    async stop() {
      await app?.stop();
    },
  };
}

/** `npm run worker`. */
export function workerPart(env: NodeJS.ProcessEnv): Part {
  let child: ChildProcess | null = null;
  const args = ["--import", "./scripts/typescript.mjs", "scripts/worker.ts"];
  return {
    name: "worker",
    async start() {
      child = spawn(process.execPath, args, {
        env,
        stdio: ["ignore", "pipe", "ignore"],
      });
      const exited = once(child, "exit");
      const started = (async () => {
        for await (const chunk of child?.stdout ?? [])
          if (String(chunk).includes("waits for jobs")) return;
      })();
      await Promise.race([started, exited]);
      child.stdout?.resume();
    },
    async kill() {
      if (child) await killed(child);
    },
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** PostgreSQL as it runs in production: what it has said is stored is on disk. */
export async function postgresPart(): Promise<Part & { url: () => string }> {
  const dir = join(dataDir().postgresHome, `crash-${process.pid}`);
  const port = await anyPort();
  let server: LocalPostgres | null = null;
  return {
    name: "PostgreSQL",
    url: () => server?.url ?? "",
    async start() {
      for (let tries = 0; ; tries++) {
        try {
          server = await startPostgres({ dir, port });
          return;
        } catch (error) {
          // The backends of a killed server hold its memory until they notice.
          if (tries > 50) throw error;
          await wait(100);
        }
      }
    },
    async kill() {
      const pid = Number(readFileSync(join(dir, "postmaster.pid"), "utf8").split("\n")[0]);
      process.kill(pid, "SIGKILL");
    },
    async stop() {
      await server?.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
