import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { postgresBinaries, postgresUser, type RunAs } from "./postgres-binaries";
import { isAlive } from "./processes";

const user = "northstar";
const password = "northstar-local";
const database = "northstar";

/** A local PostgreSQL that answers on `url`; `stop` ends it (and deletes the data of a throw-away one). */
export type LocalPostgres = { url: string; port: number; stop: () => Promise<void> };

function urlFor(port: number, name: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
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

/** Makes the database `name` on a local server unless it is there, and returns its address. */
export async function ensureDatabase(port: number, name: string): Promise<string> {
  const sql = postgres(urlFor(port, "postgres"), {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
  });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
  return urlFor(port, name);
}

async function stopLeftover(pid: number): Promise<void> {
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await wait(100);
}

/** Makes the cluster beside its place and moves it there whole, so that a killed run leaves no half of one. */
function createCluster(dir: string, binaries: string, runAs: RunAs): void {
  const unfinished = `${dir}.unfinished`;
  const passwordFile = `${dir}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    for (const path of [unfinished, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  }
  const result = spawnSync(
    join(binaries, "initdb"),
    [
      `--pgdata=${unfinished}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
    ],
    { ...runAs, cwd: dirname(dir), encoding: "utf8" },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    throw new Error(`PostgreSQL's initdb failed: ${result.error?.message ?? result.stderr}`);
  }
  renameSync(unfinished, dir);
}

const throwAwayFlags = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Starts the server and resolves when it accepts connections; what it gives back stops it. */
async function startServer(
  dir: string,
  port: number,
  binaries: string,
  runAs: RunAs,
  throwAway: boolean,
  own: string[],
): Promise<() => Promise<void>> {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC"];
  const flags = [...settings, ...(throwAway ? throwAwayFlags : []), ...own].flatMap((flag) => [
    "-c",
    flag,
  ]);
  const server = spawn(join(binaries, "postgres"), ["-D", dir, "-p", String(port), ...flags], {
    ...runAs,
    cwd: dirname(dir),
    stdio: ["ignore", "ignore", "pipe"],
    // A terminal's Ctrl-C goes to the whole group: the server must not end before those that use it.
    detached: true,
    windowsHide: true,
  });
  const exited = new Promise<void>((resolve) => server.once("close", () => resolve()));
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000);
      if (log.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`PostgreSQL did not start in ${dir}:\n${log}`)));
  });
  const interrupt = () => server.kill("SIGINT");
  process.once("exit", interrupt);
  return async () => {
    process.off("exit", interrupt);
    interrupt();
    await exited;
  };
}

/**
 * Starts PostgreSQL on 127.0.0.1 with its files in `dir`, or adopts the one that a killed run left there.
 *
 * @param options.dir the cluster's folder; made when missing.
 * @param options.port the port to listen on; an adopted server keeps its own.
 * @param options.throwAway for tests: nothing is flushed to disk, and `stop` deletes the folder.
 * @param options.settings PostgreSQL's own, such as `archive_mode=on`.
 * @throws when PostgreSQL cannot start, with the server's own last words.
 */
export async function startPostgres(options: {
  dir: string;
  port: number;
  throwAway?: boolean;
  settings?: string[];
}): Promise<LocalPostgres> {
  const { dir, throwAway = false, settings = [] } = options;
  const leftover = await findLeftover(dir);
  if (leftover) {
    await ensureDatabase(leftover.port, database);
    return {
      url: urlFor(leftover.port, database),
      port: leftover.port,
      stop: () => stopLeftover(leftover.pid),
    };
  }

  const runAs = postgresUser();
  const binaries = postgresBinaries();
  if (!existsSync(dir)) createCluster(dir, binaries, runAs);
  const stop = await startServer(dir, options.port, binaries, runAs, throwAway, settings);
  await ensureDatabase(options.port, database);
  return {
    url: urlFor(options.port, database),
    port: options.port,
    stop: async () => {
      await stop();
      if (throwAway) rmSync(dir, { recursive: true, force: true });
    },
  };
}
