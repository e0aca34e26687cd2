import "server-only";
import { db } from "@/db/client";
import { type Churn, readChurn } from "@/lib/alerts/churn";
import { type Recurring, readRecurring } from "./recurring";
import { type CurrencyRevenue, readRevenue } from "./revenue";

/** How the shop does. */
export type Overview = { recurring: Recurring[]; revenue: CurrencyRevenue[]; churn: Churn };

/** The overview's figures at `now`. @throws what the database throws. */
export async function readOverview(now: Date): Promise<Overview> {
  const [recurring, revenue, churn] = await Promise.all([
    readRecurring(),
    readRevenue(now),
    readChurn(db()),
  ]);
  return { recurring, revenue, churn };
}
