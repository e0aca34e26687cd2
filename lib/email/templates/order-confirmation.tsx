import { Action } from "./action";
import { Frame, Paragraph } from "./frame";
import { invoiceUrl, orderSubject } from "./order-words";

/** `total` is written for people and never negative; `isCredit` says that it is owed to the customer. */
export type OrderConfirmation = {
  orderId: string;
  /** Polar's `billing_reason`. */
  billingReason: string;
  description: string;
  total: string;
  isCredit: boolean;
  number: string | null;
};

export function OrderConfirmationEmail({
  appUrl,
  order,
}: {
  appUrl: string;
  order: OrderConfirmation;
}) {
  const { title, text } = orderSubject(order);
  return (
    <Frame appUrl={appUrl} preview={`${order.description}: ${order.total}`} title={title}>
      <Paragraph>{text}</Paragraph>
      <Paragraph>
        {order.description}, {order.isCredit ? `a credit of ${order.total}` : order.total}
        {order.number ? ` (invoice ${order.number})` : ""}.
      </Paragraph>
      <Action href={invoiceUrl(appUrl, order.orderId)}>See the invoice</Action>
    </Frame>
  );
}
