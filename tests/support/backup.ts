import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import postgres from "postgres";
import { vi } from "vitest";
import { dataDir } from "@/scripts/local/data-dir";
import { anyPort } from "@/scripts/local/ports";
import { type LocalPostgres, startPostgres } from "@/scripts/local/postgres";
import { postgresUser } from "@/scripts/local/postgres-binaries";

/** A folder, or what is in it too, that PostgreSQL's user owns. */
function give(path: string): void {
  const { uid, gid } = postgresUser();
  if (uid === undefined || gid === undefined) return;
  chownSync(path, uid, gid);
  for (const file of readdirSync(path, { recursive: true, encoding: "utf8" }))
    chownSync(join(path, file), uid, gid);
}

/** Of these a backup has the folder alone: the log comes from the archive, the rest is a running server's own. */
const contentsLeftOut = ["pg_wal", "pg_replslot", "pg_stat_tmp"];
const leftOut = ["postmaster.pid", "postmaster.opts"];

/** Copies a data directory file by file, one after the other, while the server writes in it. */
async function copyRunning(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  // The control file says from where on the log is needed: it comes last.
  entries.sort((a, b) => Number(a.name === "pg_control") - Number(b.name === "pg_control"));
  await mkdir(to, { mode: 0o700 });
  for (const entry of entries) {
    const path = relative(from, join(entry.parentPath, entry.name));
    const isLeftOut = contentsLeftOut.some((folder) => path.startsWith(`${folder}/`));
    if (isLeftOut || leftOut.includes(path)) continue;
    if (entry.isDirectory()) await mkdir(join(to, path), { recursive: true, mode: 0o700 });
    else await copyUnlessGone(join(from, path), join(to, path));
  }
}

/** What goes away meanwhile is gone by the log's account, too. */
async function copyUnlessGone(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/**
 * A PostgreSQL that archives its log, as one for production does, with what backs it up and restores it: PostgreSQL's own
 * means, as `pg_basebackup` and hosts use them.
 */
export async function archivingPostgres() {
  const { postgresHome } = dataDir();
  const home = mkdtempSync(join(postgresHome, "restore-"));
  chmodSync(home, 0o755);
  const [dir, archive, base] = ["live", "archive", "base"].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(archive);
  give(archive);
  const live = await startPostgres({
    dir,
    port: await anyPort(),
    throwAway: true,
    settings: ["archive_mode=on", `archive_command=cp %p "${archive}/%f"`],
  });
  const restored: LocalPostgres[] = [];
  const sql = postgres(live.url, { max: 1, onnotice: () => {} });
  return {
    url: live.url,
    /** Copies the data while `writing` is under way. */
    async backUp(writing: () => Promise<void>): Promise<void> {
      await sql`select pg_backup_start('base', fast => true)`;
      await Promise.all([writing(), copyRunning(dir, base)]);
      const [stopped] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop()`;
      writeFileSync(join(base, "backup_label"), stopped?.labelfile ?? "");
    },
    /** Has everything archived that was written until now. @returns the moment, by the server's clock. */
    async archived(): Promise<string> {
      const [now] = await sql<{ at: string; file: string }[]>`
        select clock_timestamp()::text as at, pg_walfile_name(pg_create_restore_point('archived')) as file`;
      await sql`select pg_switch_wal()`;
      await vi.waitUntil(() => existsSync(join(archive, now?.file ?? "")), { timeout: 20_000 });
      return now?.at ?? "";
    },
    /** The server and its data are lost. */
    async lose(): Promise<void> {
      await sql.end();
      await live.stop();
    },
    /** Starts a server from the backup and the archived log. @param at up to when; without it, to the end. */
    async restore(at?: string): Promise<LocalPostgres> {
      const copy = join(home, `restored-${restored.length}`);
      cpSync(base, copy, { recursive: true });
      writeFileSync(join(copy, "recovery.signal"), "");
      chmodSync(copy, 0o700);
      give(copy);
      const server = await startPostgres({
        dir: copy,
        port: await anyPort(),
        throwAway: true,
        settings: [
          `restore_command=cp "${archive}/%f" "%p"`,
          ...(at ? [`recovery_target_time=${at}`, "recovery_target_action=promote"] : []),
        ],
      });
      restored.push(server);
      return server;
    },
    async close(): Promise<void> {
      for (const server of restored) await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
