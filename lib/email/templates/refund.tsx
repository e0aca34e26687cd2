import { Action } from "./action";
import { Frame, Paragraph } from "./frame";
import { invoiceUrl } from "./order-words";

/** `amount` and `total` are written for people, tax included. */
export type RefundMail = {
  orderId: string;
  description: string;
  amount: string;
  total: string;
  isPartial: boolean;
  ofSubscription: boolean;
  number: string | null;
};

export function RefundEmail({ appUrl, refund }: { appUrl: string; refund: RefundMail }) {
  const order = `${refund.description}${refund.number ? ` (invoice ${refund.number})` : ""}`;
  return (
    <Frame
      appUrl={appUrl}
      preview={`${refund.amount} back for ${refund.description}`}
      title={refund.isPartial ? "Part of your payment was refunded" : "Your payment was refunded"}
    >
      <Paragraph>
        {refund.isPartial
          ? `We have refunded ${refund.amount} of the ${refund.total} for ${order}.`
          : `We have refunded ${refund.amount} for ${order}.`}
      </Paragraph>
      {refund.ofSubscription ? (
        <Paragraph>
          A refund does not end a plan: unless it has been canceled, yours goes on and renews as
          before.
        </Paragraph>
      ) : null}
      <Paragraph>
        Your bank decides when it is on your account; that mostly takes 5 to 10 days.
      </Paragraph>
      <Action href={invoiceUrl(appUrl, refund.orderId)}>See the invoice</Action>
    </Frame>
  );
}
