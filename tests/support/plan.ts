import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { benefitGrants, subscriptions } from "@/db/schema";
import type { ProductKey } from "@/lib/billing/catalog";
import { person } from "./people";

const long = "2026-01-01T00:00:00Z";
const mirrored = (workspaceId: string) => ({
  id: randomUUID(),
  workspaceId,
  customerId: "c",
  versionAt: long,
  observedAt: long,
});

/** A stored pack of so many units, as a webhook would have brought it. */
export async function givePack(workspaceId: string, units: number): Promise<void> {
  await db()
    .insert(benefitGrants)
    .values({
      ...mirrored(workspaceId),
      benefitId: "b",
      benefitKey: "credits-pack",
      benefitType: "meter_credit",
      isGranted: true,
      units,
    });
}

/** A stored active subscription whose meter window began at `start`. */
export async function subscribe(
  workspaceId: string,
  { product = "pro-monthly", start = long }: { product?: ProductKey; start?: string } = {},
): Promise<void> {
  await db()
    .insert(subscriptions)
    .values({
      ...mirrored(workspaceId),
      productId: "p",
      productKey: product,
      status: "active",
      amount: 1900,
      currency: "usd",
      interval: "month",
      currentPeriodStart: start,
      currentPeriodEnd: "2099-01-01T00:00:00Z",
      cancelAtPeriodEnd: false,
    });
}

/** Somebody on a metered plan. */
export async function subscriber(...terms: [Parameters<typeof subscribe>[1]?]): Promise<string> {
  const { id } = await person();
  await subscribe(id, ...terms);
  return id;
}
