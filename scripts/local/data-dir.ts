import { createHash } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const projectRoot = resolve(import.meta.dirname, "../..");

/** Whether another user may pass through every folder above `path`. */
function isReachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The folder of this clone's local state, made if missing: `.data/` in the project.
 *
 * PostgreSQL refuses to run as root and is started as another user then. If that user cannot enter the
 * project (root's home is closed to others), PostgreSQL's files go to a folder under /var/lib instead,
 * named after the project's path so that two clones never share one.
 */
export function dataDir(): { root: string; project: string; postgresHome: string } {
  const root = join(projectRoot, ".data");
  mkdirSync(root, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const postgresHome =
    isRoot && !isReachableByOthers(projectRoot)
      ? join(
          "/var/lib/northstar",
          createHash("sha256").update(projectRoot).digest("hex").slice(0, 12),
        )
      : root;
  mkdirSync(postgresHome, { recursive: true, mode: 0o755 });
  return { root, project: projectRoot, postgresHome };
}
