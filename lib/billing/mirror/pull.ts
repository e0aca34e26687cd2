import "server-only";
import { db } from "@/db/client";
import { observed, polar } from "@/lib/polar";
import { followUp } from "../follow-up";
import type { MirrorKind } from "./rows";
import { storeSnapshot } from "./store";

const pageSize = 100;

type Page = { items: unknown[]; pagination: { max_page: number } };

async function* pages(list: (page: number, limit: number) => Promise<Page>) {
  for (let page = 1; ; page++) {
    const { value, observedAt } = await observed(() => list(page, pageSize));
    yield { items: value.items, observedAt };
    if (page >= value.pagination.max_page) return;
  }
}

/**
 * Stores an object as a read of Polar gave it, with what follows from it once, in one transaction.
 *
 * @param source what is written into the audit beside it.
 * @returns the row as it is now.
 */
export async function storePulled(
  kind: MirrorKind,
  data: unknown,
  observedAt: string,
  source: string,
) {
  return await db().transaction(async (tx) => {
    const { row } = await storeSnapshot(tx, kind, data, observedAt, source);
    await followUp(tx, kind, row);
    return row;
  });
}

async function pull(
  kind: MirrorKind,
  list: (page: number, limit: number) => Promise<Page>,
): Promise<void> {
  for await (const { items, observedAt } of pages(list)) {
    for (const item of items) await storePulled(kind, item, observedAt, "pull");
  }
}

/**
 * Brings everything of a workspace up to date from Polar's list endpoints. The customer state is not used:
 * it leaves out past-due subscriptions and may be an hour old (polarsource/polar, customer/service.py).
 *
 * @throws when Polar cannot be reached; what was pulled by then stays.
 */
export async function pullWorkspace(workspaceId: string): Promise<void> {
  const mine = { external_customer_id: workspaceId };
  await pull("subscription", (page, limit) => polar().subscriptions.list({ ...mine, page, limit }));
  await pull("order", (page, limit) => polar().orders.list({ ...mine, page, limit }));
  await pull("refund", (page, limit) => polar().refunds.list({ ...mine, page, limit }));
  await pull("benefit_grant", (page, limit) =>
    polar().benefitGrants.list({ ...mine, page, limit }),
  );
  await pull("customer_meter", (page, limit) =>
    polar().customerMeters.list({ ...mine, page, limit }),
  );
}

/** Brings the mirrored products up to date. */
export async function pullProducts(): Promise<void> {
  await pull("product", (page, limit) => polar().products.list({ page, limit }));
}
