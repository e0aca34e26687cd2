import { Action } from "./action";
import { Frame, Paragraph } from "./frame";

export function PaymentRecoveredEmail({ appUrl, plan }: { appUrl: string; plan: string }) {
  return (
    <Frame
      appUrl={appUrl}
      preview={`${plan} is paid. There is nothing left to do.`}
      title="Thank you: your payment went through"
    >
      <Paragraph>
        {plan} is paid, and everything works as before. There is nothing left to do.
      </Paragraph>
      <Action href={`${appUrl}/billing`}>See orders and invoices</Action>
    </Frame>
  );
}
