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

/** Whether a date that something was set for means nothing any more: it was moved, or is over already. */
function isStale(world: World, { work, due }: JobDoc): boolean {
  switch (work.kind) {
    case "checkout.expire":
      return world.checkouts.get(work.checkout_id)?.status !== "open";
    case "order.charge": {
      const order = world.orders.get(work.order_id);
      return order?.status !== "pending" || order.next_payment_attempt_at !== due;
    }
    case "subscription.cycle": {
      const subscription = world.subscriptions.get(work.subscription_id);
      const isOver = !subscription || subscription.ended_at !== null;
      return isOver || subscription.status === "paused" || subscription.current_period_end !== due;
    }
    case "subscription.meter_cycle": {
      const subscription = world.subscriptions.get(work.subscription_id);
      return subscription?.ended_at !== null || subscription.current_meter_period_end !== due;
    }
    case "subscription.resume":
      return world.subscriptions.get(work.subscription_id)?.resumes_at !== due;
    default:
      return false;
  }
}

/** What waits for a later date and will do something then, by date; without what happens in a moment. */
export function agenda(world: World): JobDoc[] {
  return [...world.jobs.values()]
    .filter((job) => !job.soon && !isStale(world, job))
    .sort((a, b) => a.due.localeCompare(b.due));
}

/** The date of what falls due next; undefined when nothing waits. */
export function nextDue(world: World): Instant | undefined {
  let next: Instant | undefined;
  for (const job of world.jobs.values())
    if (!job.soon && (next === undefined || job.due < next) && !isStale(world, job)) next = job.due;
  return next;
}
