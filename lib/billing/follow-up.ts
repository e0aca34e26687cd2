import "server-only";
import type { Executor } from "@/db/client";
import { noticeUsage } from "@/lib/usage/notices";
import { reflectCheckout } from "./checkout-intents";
import { followPayment } from "./dunning/follow";
import { followEnding } from "./ending/follow";
import { fulfilOrder } from "./fulfilment";
import type { StoredRow } from "./mirror/audit";
import type { MirrorKind } from "./mirror/rows";
import { confirmRefunds } from "./refunds";

/**
 * What follows from a snapshot that was stored, in its transaction: mails, fulfilment, the intent of its
 * checkout. Each is done once, whatever comes again and in whichever order.
 */
export async function followUp(
  executor: Executor,
  kind: MirrorKind,
  row: StoredRow,
): Promise<void> {
  switch (kind) {
    case "order":
      await fulfilOrder(executor, row.id);
      await confirmRefunds(executor, row.id);
      await reflectCheckout(executor, row.checkoutId as string | null);
      if (row.workspaceId && row.status === "refunded")
        await noticeUsage(executor, row.workspaceId);
      break;
    case "refund":
      await confirmRefunds(executor, row.orderId as string);
      break;
    case "subscription":
      await followPayment(executor, row.id);
      await followEnding(executor, row.id);
      if (row.workspaceId) await noticeUsage(executor, row.workspaceId);
      break;
    case "benefit_grant":
    case "customer_meter":
      if (row.workspaceId) await noticeUsage(executor, row.workspaceId);
      break;
    case "checkout":
      await reflectCheckout(executor, row.id);
      break;
  }
}
