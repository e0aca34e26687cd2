import "server-only";
import { storeUses, type track } from "./track";
import { readUse, type Use } from "./use";

type Waiting = { use: Use; resolve: () => void; reject: (reason: unknown) => void };

/**
 * A `track()` for code that counts a lot: while one INSERT is under way, the calls that come gather and share the next.
 * A call resolves when its own row is committed, and rejects when its INSERT has failed; what the catalog refuses is
 * refused before, alone.
 *
 * @param options.maxBatch how many rows one INSERT has at most.
 */
export function createTracker({ maxBatch = 500 } = {}): { track: typeof track } {
  const waiting: Waiting[] = [];
  let isRunning = false;

  async function storeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await storeUses(batch.map(({ use }) => use));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === "rejected") reject(outcome.reason);
        else resolve();
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    // Calls of the same moment come together.
    await Promise.resolve();
    while (waiting.length > 0) await storeBatch(waiting.splice(0, maxBatch));
    isRunning = false;
  }

  return {
    async track(workspaceId, name, metadata, options) {
      const use = readUse(workspaceId, name, metadata, options);
      await new Promise<void>((resolve, reject) => {
        waiting.push({ use, resolve, reject });
        if (!isRunning) void run();
      });
    },
  };
}
