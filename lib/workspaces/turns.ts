import "server-only";

/** How many may wait for one workspace in this process. They take seconds; more would wait for nothing. */
export const mostWaiting = 1_000;

/** So many wait for this workspace already that one more would not be served in time. */
export class WorkspaceBusyError extends Error {
  override name = "WorkspaceBusyError";
}

// Next bundles a module more than once; the process has one line for a workspace all the same.
const holder = globalThis as typeof globalThis & {
  northstarTurns?: Map<string, (() => void)[]>;
};

/**
 * Does `work` when everybody has had their turn who came before for the same workspace in this process. Who would wait
 * for the workspace's lock in the database waits here instead, without a connection: one busy workspace leaves the pool
 * to the others.
 *
 * @throws {WorkspaceBusyError} when `mostWaiting` wait already; nothing is done then.
 */
export async function inTurn<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
  holder.northstarTurns ??= new Map();
  const turns = holder.northstarTurns;
  const waiting = turns.get(workspaceId);
  if (!waiting) turns.set(workspaceId, []);
  else if (waiting.length >= mostWaiting)
    throw new WorkspaceBusyError("Too much waits for this workspace.");
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = turns.get(workspaceId)?.shift();
    if (next) next();
    else turns.delete(workspaceId);
  }
}
