import "server-only";
import { db } from "@/db/client";
import { applyTaken, type DeadLetters, takeUpDead } from "@/lib/billing/webhooks/inbox";
import { enqueue } from "@/lib/jobs/enqueue";
import { recordAction } from "./actions";
import type { Admin } from "./gate";
import { type InboxFilter, sinceOf } from "./inbox-filter";

/** So many dead letters are taken up by one click; a second one takes the next. */
const mostReplayed = 1_000;

async function takeUp(
  admin: Admin,
  action: "webhook.replay" | "webhooks.replay",
  letters: DeadLetters,
  filter: Record<string, unknown>,
) {
  return await db().transaction(async (tx) => {
    const taken = await takeUpDead(tx, letters, mostReplayed);
    if (taken.length === 0) return taken;
    await recordAction(tx, admin, {
      action,
      objectId: letters.webhookId ?? null,
      details: { ...filter, count: taken.length, webhooks: taken.map((each) => each.webhookId) },
    });
    await enqueue(tx, "apply_inbox", {}, { key: "apply_inbox" });
    return taken;
  });
}

/**
 * Takes one dead letter up again and makes the first of its ten new attempts at once.
 *
 * @returns "nothing" where it is none any more, as after a double click.
 */
export async function replayOne(
  admin: Admin,
  webhookId: string,
): Promise<"applied" | "failed_again" | "nothing"> {
  const [taken] = await takeUp(admin, "webhook.replay", { webhookId }, {});
  if (!taken) return "nothing";
  return (await applyTaken(taken)) ? "applied" : "failed_again";
}

/** Has the dead letters of a filter taken up again by a job. @returns how many, of at most `mostReplayed`. */
export async function replayMany(admin: Admin, filter: InboxFilter): Promise<number> {
  const since = sinceOf(filter, new Date());
  const letters = { ...(filter.type ? { type: filter.type } : {}), ...(since ? { since } : {}) };
  const { type, age } = filter;
  return (await takeUp(admin, "webhooks.replay", letters, { type, age })).length;
}
