import { Action } from "./action";
import { Frame, Paragraph } from "./frame";
import { invoiceUrl, type OrderConfirmation, orderSubject, paidWords } from "./order-words";

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
        {order.number ? ` (invoice ${order.number})` : ""}.{paidWords(order)}
      </Paragraph>
      <Action href={invoiceUrl(appUrl, order.orderId)}>See the invoice</Action>
    </Frame>
  );
}
