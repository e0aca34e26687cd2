import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another emulator works on the folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`The data folder ${folder} is in use by another local Polar.`);
    this.name = "FolderInUse";
  }
}

/**
 * Takes a data folder for this emulator alone. The lock is the operating system's, so that it ends with the
 * process, however that ends.
 *
 * @returns what gives the folder free again.
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  if (!folder) return () => {};
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    const isBusy = error instanceof Error && error.message.includes("locked");
    throw isBusy ? new FolderInUse(folder) : error;
  }
  return () => lock.close();
}
