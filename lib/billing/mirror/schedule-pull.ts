import "server-only";
import { createHash } from "node:crypto";
import type { Executor } from "@/db/client";
import { enqueue } from "@/lib/jobs/enqueue";

/** Pulls run in so many lanes, whatever the number of workers: they wait for Polar, and mails must not. */
const lanes = 2;
/** Polar tells of one change several times within moments: one pull answers them all. */
const usualDelayMs = 2_000;

/**
 * Asks for a pull of a workspace, which begins a little later and answers whatever asks for one until then.
 *
 * @param notBefore asks for it not earlier than then, also where one waits already.
 */
export async function schedulePull(
  executor: Executor,
  workspaceId: string,
  notBefore?: Date,
): Promise<void> {
  const lane = createHash("sha256").update(workspaceId).digest().readUInt8() % lanes;
  await enqueue(
    executor,
    "pull_workspace",
    { workspaceId },
    {
      key: `pull:${workspaceId}`,
      keyMode: notBefore ? "replace" : "preserve_run_at",
      runAt: notBefore ?? new Date(Date.now() + usualDelayMs),
      queue: `pull:${lane}`,
    },
  );
}
