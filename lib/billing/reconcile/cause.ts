import "server-only";
import { and, inArray, like, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { type reconcileDifferences, webhookInbox } from "@/db/schema";
import { logger } from "@/lib/observability/logger";
import { readEnvelope } from "@/lib/polar";
import { type MirrorKind, type MirrorRow, mirrored } from "../mirror/rows";
import { tellsTheSame } from "./compare";

export type Cause = (typeof reconcileDifferences.$inferSelect)["cause"];

type Told = Pick<typeof webhookInbox.$inferSelect, "webhookId" | "objectId" | "status" | "body">;

function tells(kind: MirrorKind, { webhookId, body }: Told, wanted: MirrorRow): boolean {
  const event = body ? readEnvelope(webhookId, body) : null;
  if (!event) return false;
  try {
    return tellsTheSame(mirrored[kind].read(event.data, event.timestamp), wanted);
  } catch (error) {
    logger.debug({ err: error, webhook_id: webhookId }, "A stored webhook cannot be compared");
    return false;
  }
}

function causeOf(kind: MirrorKind, told: readonly Told[], wanted: MirrorRow): Cause {
  const same = told.filter((each) => tells(kind, each, wanted));
  if (same.some(({ status }) => status === "applied")) return "overwritten";
  if (same.length > 0) return "not_applied";
  return told.some(({ body }) => body === null) ? "unknown" : "webhook_lost";
}

/**
 * Why our rows differ from Polar's, by id: no webhook in the inbox tells Polar's state (`webhook_lost`), one
 * does and was not applied, or it was and something wrote over it. Old webhooks have lost their bodies:
 * with one of those the cause is unknown. Of meters Polar sends no webhooks.
 */
export async function causesOf(
  kind: MirrorKind,
  wanted: readonly MirrorRow[],
): Promise<Map<string, Cause>> {
  if (kind === "customer_meter") return new Map(wanted.map(({ id }) => [id, "without_webhook"]));
  const ids = wanted.map(({ id }) => id);
  const told = await db()
    .select({
      webhookId: webhookInbox.webhookId,
      objectId: webhookInbox.objectId,
      status: webhookInbox.status,
      body: webhookInbox.body,
    })
    .from(webhookInbox)
    .where(
      and(
        inArray(webhookInbox.objectId, ids),
        like(webhookInbox.type, `${kind}.%`),
        // It has no version: it asks for a pull and is no snapshot.
        ne(webhookInbox.type, "customer.state_changed"),
      ),
    );
  const byObject = Map.groupBy(told, ({ objectId }) => objectId);
  return new Map(wanted.map((row) => [row.id, causeOf(kind, byObject.get(row.id) ?? [], row)]));
}
