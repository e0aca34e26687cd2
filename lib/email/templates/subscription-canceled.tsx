import { Action } from "./action";
import { dayOf } from "./day";
import { Frame, Paragraph } from "./frame";

export type SubscriptionCanceled = {
  plan: string;
  /** Until when everything works; ISO 8601 UTC. */
  until: string;
  isTrial: boolean;
};

export function canceledSubject({ plan, until }: SubscriptionCanceled): string {
  return `Your Northstar ${plan} plan is canceled and ends on ${dayOf(until)}`;
}

export function SubscriptionCanceledEmail({
  appUrl,
  canceled,
}: {
  appUrl: string;
  canceled: SubscriptionCanceled;
}) {
  const { plan, until, isTrial } = canceled;
  return (
    <Frame
      appUrl={appUrl}
      preview={`Everything works until ${dayOf(until)}.`}
      title={`${plan} is canceled`}
    >
      <Paragraph>
        Everything works as before until {dayOf(until)}.{" "}
        {isTrial ? "Nothing was charged, and nothing will be." : "After that nothing is renewed."}{" "}
        What you made stays, and you go on with the free plan.
      </Paragraph>
      <Paragraph>
        Changed your mind? Until that day one press on the billing page keeps the plan.
      </Paragraph>
      <Action href={`${appUrl}/billing`}>Keep the plan</Action>
    </Frame>
  );
}
