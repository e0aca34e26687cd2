import { invoicedTo } from "../engine/order-events.ts";
import type { Answer } from "../http/server.ts";
import { orderDocument } from "../pdf/order-document.ts";
import { serializeOrder } from "../serializers/order.ts";
import type { World } from "../world.ts";
import { messagePage } from "./message.ts";
import { respond } from "./respond.ts";

function missing(): Answer {
  const page = { title: "No such document", text: "It is not there, or not yet." };
  return respond(messagePage(page), "", 404);
}

/** Answers with an order's invoice or receipt as a PDF, once there is one. */
export async function answerOrderDocument(
  world: World,
  kind: "invoice" | "receipt",
  file: string,
): Promise<Answer> {
  const order = world.orders.get(file.replace(/\.pdf$/, ""));
  if (!order) return missing();
  if (kind === "invoice" ? !order.is_invoice_generated : !order.receipt_number) return missing();
  const number = kind === "invoice" ? order.invoice_number : order.receipt_number;
  const body = await orderDocument({
    kind,
    organization: world.organization,
    order: serializeOrder(world, order),
    buyer: order.invoiced_to ?? invoicedTo(world, order),
    refunds: world.refunds
      .where("order_id", order.id)
      .filter(({ status }) => status === "succeeded"),
  });
  return {
    status: 200,
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${number}.pdf"`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
    body,
  };
}
