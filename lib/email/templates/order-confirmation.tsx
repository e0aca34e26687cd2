import { Action } from "./action";
import { Frame, Paragraph } from "./frame";

export type OrderConfirmation = {
  description: string;
  total: string;
  number: string | null;
  isRenewal: boolean;
};

export function OrderConfirmationEmail({
  appUrl,
  order,
}: {
  appUrl: string;
  order: OrderConfirmation;
}) {
  return (
    <Frame
      appUrl={appUrl}
      preview={`${order.description}: ${order.total}`}
      title={order.isRenewal ? "Your subscription was renewed" : "Thank you for your order"}
    >
      <Paragraph>
        {order.description}, {order.total}
        {order.number ? ` (invoice ${order.number})` : ""}.
      </Paragraph>
      <Action href={`${appUrl}/billing`}>See orders and invoices</Action>
    </Frame>
  );
}
