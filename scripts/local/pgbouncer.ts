import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { anyPort } from "./ports";
import { postgresUser } from "./postgres-binaries";

/**
 * Starts a PgBouncer before the PostgreSQL at `url`: a connection for each transaction, everything else as it
 * comes.
 *
 * @returns its address of the same database, and what stops it.
 * @throws when there is no PgBouncer, or it does not start.
 */
export async function startPgBouncer(
  url: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (spawnSync("pgbouncer", ["--version"]).error)
    throw new Error("There is no pgbouncer here: install it (Debian: apt-get install pgbouncer).");
  const { username, password, port: target } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), "northstar-pgbouncer-"));
  chmodSync(folder, 0o755);
  const port = await anyPort();
  const users = join(folder, "users.txt");
  const settings = join(folder, "pgbouncer.ini");
  writeFileSync(users, `"${username}" "${password}"\n`);
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
max_client_conn = 1000
`,
  );
  const child = spawn("pgbouncer", [settings], {
    ...postgresUser(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  const ended = once(child, "exit");
  const pooled = new URL(url);
  pooled.port = String(port);
  const answers = async () => {
    const sql = postgres(pooled.href, { max: 1, prepare: false, connect_timeout: 1 });
    try {
      await sql`select 1`;
      return true;
    } catch {
      return false;
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  for (let tries = 0; !(await answers()); tries++) {
    if (child.exitCode !== null || tries > 100)
      throw new Error(`PgBouncer does not answer:\n${said}`);
    await wait(100);
  }
  return {
    url: pooled.href,
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
