import { closeDb } from "@/db/client";
import { loadEnvironment } from "./environment";

/**
 * Runs what a command does on the app's own database and settings. What it throws is printed, and the process ends with 1.
 *
 * @param options.drawsProgress begins what is printed then on a line of its own.
 */
export async function runCommand(
  work: () => Promise<void>,
  { drawsProgress = false } = {},
): Promise<void> {
  loadEnvironment();
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(drawsProgress ? `\n${message}` : message);
    process.exitCode = 1;
  } finally {
    await closeDb();
  }
}
