import { Action } from "./action";
import { Frame, Paragraph } from "./frame";

export type SubscriptionEnded = {
  plan: string;
  /** Whether it ended because it was not paid in time. */
  isUnpaid: boolean;
};

export function endedSubject({ plan }: SubscriptionEnded): string {
  return `Your Northstar ${plan} plan has ended`;
}

export function SubscriptionEndedEmail({
  appUrl,
  ended,
}: {
  appUrl: string;
  ended: SubscriptionEnded;
}) {
  const { plan, isUnpaid } = ended;
  return (
    <Frame
      appUrl={appUrl}
      preview="What you made stays, and nothing is charged any more for it."
      title={`${plan} has ended`}
    >
      <Paragraph>
        {isUnpaid
          ? "It could not be charged, and all tries are over. It is not charged again."
          : "It is not charged again."}{" "}
        What you made stays, and you are on the free plan now.
      </Paragraph>
      <Paragraph>You can come back to any plan whenever you like.</Paragraph>
      <Action href={`${appUrl}/pricing`}>See the plans</Action>
    </Frame>
  );
}
