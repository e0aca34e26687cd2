import type { DeliveryQueue } from "../deliveries/queue.ts";
import type { JobDoc } from "../store/documents.ts";
import { type Instant, toMicros } from "../time.ts";
import type { World } from "../world.ts";

/** Jobs done between two chances for the server to answer and to deliver. */
const JOBS_A_STEP = 50;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Does what waits for a moment only and waits until its webhooks have been tried. */
export async function settle(world: World, queue: DeliveryQueue): Promise<void> {
  do {
    world.scheduler.runSoon();
    await queue.attempted();
  } while (world.scheduler.runSoon() > 0);
}

/** Moves the clock to `target`; what falls due on the way happens at its date, webhooks included. */
export async function advance(world: World, queue: DeliveryQueue, target: Instant): Promise<void> {
  await settle(world, queue);
  while (!world.scheduler.stepTo(toMicros(target), JOBS_A_STEP).done) await breathe();
  await settle(world, queue);
}

/** What waits for a later date, by date; without what happens in a moment anyway. */
export function agenda(world: World): JobDoc[] {
  return [...world.jobs.values()]
    .filter((job) => !job.soon)
    .sort((a, b) => a.due.localeCompare(b.due));
}

/** The date of what falls due next; undefined when nothing waits. */
export function nextDue(world: World): Instant | undefined {
  let next: Instant | undefined;
  for (const job of world.jobs.values())
    if (!job.soon && (next === undefined || job.due < next)) next = job.due;
  return next;
}
