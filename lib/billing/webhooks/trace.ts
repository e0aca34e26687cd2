import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { checkoutIntents } from "@/db/schema";
import { isTracing } from "@/lib/observability/tracing/span";
import type { VerifiedWebhook } from "@/lib/polar";

/** The id of the checkout that an event is of; orders and subscriptions carry that of the one that led to them. */
function checkoutIdOf({ type, data }: VerifiedWebhook): string | null {
  if (typeof data !== "object" || data === null) return null;
  const of = data as { id?: unknown; checkout_id?: unknown };
  const id = type.startsWith("checkout.") ? of.id : of.checkout_id;
  return typeof id === "string" ? id : null;
}

/**
 * Where the trace stands that a webhook goes on: that of the checkout which it tells of, as long as Polar keeps one open.
 * A subscription names its checkout for all its life, and a renewal is not part of it. Null without traces.
 */
export async function traceOf(event: VerifiedWebhook): Promise<string | null> {
  const checkoutId = isTracing() ? checkoutIdOf(event) : null;
  if (!checkoutId) return null;
  const [intent] = await db()
    .select({ traceparent: checkoutIntents.traceparent })
    .from(checkoutIntents)
    .where(
      and(
        eq(checkoutIntents.polarCheckoutId, checkoutId),
        gt(checkoutIntents.createdAt, sql`now() - interval '25 hours'`),
      ),
    );
  return intent?.traceparent ?? null;
}
