import { Action } from "./action";
import { dayOf } from "./day";
import { Frame, Paragraph } from "./frame";

export type TrialEnding = {
  plan: string;
  /** When the trial ends and the first payment is due; ISO 8601 UTC. */
  endsAt: string;
  /** What is charged for a period before tax, written for people. */
  price: string;
  /** Polar's `recurring_interval`. */
  interval: string;
};

export function trialSubject({ plan, endsAt }: TrialEnding): string {
  return `Your Northstar trial of ${plan} ends on ${dayOf(endsAt)}`;
}

export function TrialEndingEmail({ appUrl, trial }: { appUrl: string; trial: TrialEnding }) {
  const { plan, endsAt, price, interval } = trial;
  const day = dayOf(endsAt);
  return (
    <Frame
      appUrl={appUrl}
      preview={`${price} per ${interval} from ${day}, unless you cancel before`}
      title={`Your trial of ${plan} ends on ${day}`}
    >
      <Paragraph>
        On that day your plan goes on, and your card is charged {price} for the first {interval},
        plus tax where it applies. There is nothing to do for that.
      </Paragraph>
      <Paragraph>
        If you do not want to go on, cancel on the billing page before then: nothing is charged, and
        the plan works until the trial ends.
      </Paragraph>
      <Action href={`${appUrl}/billing`}>See or cancel the plan</Action>
    </Frame>
  );
}
