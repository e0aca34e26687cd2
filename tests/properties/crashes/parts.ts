import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataDir } from "@/scripts/local/data-dir";
import { startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { type LocalPostgres, startPostgres } from "@/scripts/local/postgres";
import { launchWorker } from "../../support/worker-process";
import { type Part, supervised, untilStarted } from "./supervise";

type OnLost = (error: unknown) => void;

/** The app, built, with background jobs beside its requests. */
export function appPart(port: number, env: NodeJS.ProcessEnv, onLost: OnLost): Part {
  const launch = async () => {
    const app = startNext("start", port, env);
    try {
      // Alive is enough: the database may be what is away.
      await untilReady(app, `http://127.0.0.1:${port}/api/health/live`);
    } catch (error) {
      await app.stop();
      throw error;
    }
    return app.child;
  };
  return supervised("app", launch, onLost);
}

/** `npm run worker`. */
export function workerPart(env: NodeJS.ProcessEnv, onLost: OnLost): Part {
  return supervised("worker", async () => (await launchWorker(env)).child, onLost);
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
      server = await untilStarted(() => startPostgres({ dir, port }));
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
