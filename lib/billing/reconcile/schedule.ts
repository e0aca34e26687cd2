import "server-only";
import { db } from "@/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { reconcile } from "./run";

/** So long a job holds a worker, in milliseconds; a worker that is asked to stop waits no longer. */
const sliceMs = 20_000;

/** Compares everything with Polar, a slice a job: what is left is asked for as the next job. */
export async function reconcileInSlices(): Promise<void> {
  const end = Date.now() + sliceMs;
  const { finished } = await reconcile({ shouldPause: () => Date.now() > end });
  if (!finished) await enqueue(db(), "reconcile", {}, { key: "reconcile", queue: "reconcile" });
}
