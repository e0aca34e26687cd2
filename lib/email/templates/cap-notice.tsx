import { unitName } from "@/lib/billing/catalog";
import { Action } from "./action";
import { Frame, Paragraph } from "./frame";

export type CapNotice = {
  /** Nothing more can be made, not only little. */
  isReached: boolean;
  plan: string;
  /** The cap, and what use beyond the allowance costs so far, written for people. */
  spendingCap: string;
  spent: string;
};

export function capSubject({ isReached, spendingCap }: CapNotice): string {
  return isReached
    ? `Your Northstar spending cap of ${spendingCap} is reached`
    : `Your Northstar spending cap of ${spendingCap} is nearly reached`;
}

export function CapNoticeEmail({ appUrl, notice }: { appUrl: string; notice: CapNotice }) {
  const { isReached, plan, spendingCap, spent } = notice;
  const when = isReached ? "No" : "When it is reached, no";
  return (
    <Frame appUrl={appUrl} preview={`${spent} of ${spendingCap} used`} title={capSubject(notice)}>
      <Paragraph>
        Use beyond the allowance of {plan} costs about {spent} in this period, of the {spendingCap}{" "}
        that you allow at most.
      </Paragraph>
      <Paragraph>
        {when} new {unitName.many} can be made until the next period, unless you raise the cap on
        the usage page.
      </Paragraph>
      <Action href={`${appUrl}/usage`}>See your usage</Action>
    </Frame>
  );
}
