import { Action } from "./action";
import { dayOf } from "./day";
import { Frame, Paragraph } from "./frame";

export type PaymentReminder = {
  /** Days since the payment was missed. */
  day: number;
  plan: string;
  /** Until when everything keeps working; ISO 8601 UTC. */
  accessUntil: string;
  /** Whether that is over. */
  isReadOnly: boolean;
};

export function reminderSubject({ day, plan, accessUntil, isReadOnly }: PaymentReminder): string {
  if (isReadOnly) return `Your Northstar ${plan} plan is read-only until it is paid`;
  if (day === 0) return "Your Northstar payment did not go through";
  if (day < 6) return "Your Northstar payment is still open";
  return `Your Northstar ${plan} plan stops on ${dayOf(accessUntil)}`;
}

export function PaymentReminderEmail({
  appUrl,
  reminder,
}: {
  appUrl: string;
  reminder: PaymentReminder;
}) {
  const { plan, accessUntil, isReadOnly } = reminder;
  return (
    <Frame
      appUrl={appUrl}
      preview={`The payment for ${plan} has failed. You can update your card.`}
      title={reminderSubject(reminder)}
    >
      <Paragraph>
        The last payment for {plan} has failed, often because a card has expired or its limit was
        reached. Update the card, and it is charged at the next try, in the coming days.
      </Paragraph>
      <Paragraph>
        {isReadOnly
          ? "What you made stays and can be used as before. Nothing new can be made, and paid features are off, until the payment goes through."
          : `Everything keeps working until ${dayOf(accessUntil)}. After that what you made stays, but nothing new can be made until the payment goes through.`}
      </Paragraph>
      <Action href={`${appUrl}/api/portal`}>Update the card</Action>
      <Paragraph>If you have paid meanwhile, there is nothing left to do.</Paragraph>
    </Frame>
  );
}
