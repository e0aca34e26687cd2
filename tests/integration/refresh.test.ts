import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { orders } from "@/db/schema";
import { lastRefreshed, refreshWorkspace } from "@/lib/billing/reconcile/refresh";
import { reconcile } from "@/lib/billing/reconcile/run";
import { planOf, reconciledShop } from "../support/reconciled";

const { shop, subscribed } = reconciledShop();

test("one workspace alone is brought up to date, and Polar's refusal for its rate is waited for", async () => {
  const { who } = await subscribed({ lost: true });
  await shop.buyer.faults({ api: { fault: "rate_limit", remaining: 2, retry_after: 1 } });
  const report = await reconcile({ workspaceId: who.workspaceId });
  expect(report.finished).toBe(true);
  expect(await planOf(who.workspaceId)).toBe("business");
  const rows = await db().select().from(orders).where(eq(orders.workspaceId, who.workspaceId));
  expect(rows).toHaveLength(1);
});

test("who asks for a refresh gets one, and the next half a minute later, also from two tabs at once", async () => {
  const { who } = await subscribed({ lost: true });
  const both = await Promise.all([
    refreshWorkspace(who.workspaceId),
    refreshWorkspace(who.workspaceId),
  ]);
  expect(both.sort()).toEqual(["refreshed", "too_soon"]);
  expect(await planOf(who.workspaceId)).toBe("business");
  const at = await lastRefreshed(who.workspaceId);
  expect(Date.now() - (at?.getTime() ?? 0)).toBeLessThan(60_000);
});

test("a refresh while Polar is down says so, and takes nothing away", async () => {
  const { who } = await subscribed();
  await shop.buyer.faults({ api: { fault: "error_503" } });
  expect(await refreshWorkspace(who.workspaceId)).toBe("unavailable");
  expect(await planOf(who.workspaceId)).toBe("business");
});
