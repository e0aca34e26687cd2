import { unitName } from "@/lib/billing/catalog";
import { Action } from "./action";
import { dayOf } from "./day";
import { Frame, Paragraph } from "./frame";

export type UsageNotice = {
  /** All of the allowance is used, not only most of it. */
  isUsedUp: boolean;
  plan: string;
  /** In units, as `included`: the allowance and packs. */
  used: number;
  included: number;
  /** When the period ends; ISO 8601 UTC, null where nothing ends it. */
  endsAt: string | null;
  /** What so many further units cost, written for people; null where use stops. */
  overage: { price: string; units: number } | null;
  /** The customer's own limit to that, written for people. */
  spendingCap: string | null;
};

const count = (value: number) => value.toLocaleString("en-US");

export function usageSubject({ isUsedUp, used, included }: UsageNotice): string {
  if (isUsedUp) return `Your Northstar ${unitName.many} are used up`;
  return `You have used ${Math.floor((used / included) * 100)}% of your Northstar ${unitName.many}`;
}

function periodEnd(endsAt: string | null): string {
  if (!endsAt) return "";
  return ` The period ends on ${dayOf(endsAt)}.`;
}

function whatHappens({ isUsedUp, overage, spendingCap }: UsageNotice): string {
  const when = isUsedUp ? "Now" : "When all are used,";
  if (!overage)
    return isUsedUp
      ? `New ${unitName.many} can be made again in the next period, or at once with a pack or a bigger plan.`
      : `When all are used, no new ${unitName.many} can be made until the next period, unless you get a pack or a bigger plan.`;
  const price = `${overage.price} per ${count(overage.units)} ${unitName.many}`;
  const cap = spendingCap ? ` up to your spending cap of ${spendingCap}` : "";
  return `${when} you can go on: each further one is charged at ${price},${cap ? `${cap},` : ""} and billed at the period's end.${
    spendingCap ? "" : " On the usage page you can set a spending cap."
  }`;
}

export function UsageNoticeEmail({ appUrl, notice }: { appUrl: string; notice: UsageNotice }) {
  const { plan, used, included, endsAt, overage } = notice;
  return (
    <Frame
      appUrl={appUrl}
      preview={`${count(used)} of ${count(included)} ${unitName.many} used`}
      title={usageSubject(notice)}
    >
      <Paragraph>
        On {plan}, {count(used)} of {count(included)} {unitName.many} are used in this period.
        {periodEnd(endsAt)}
      </Paragraph>
      <Paragraph>{whatHappens(notice)}</Paragraph>
      <Action href={`${appUrl}${overage ? "/usage" : "/pricing"}`}>
        {overage ? "See your usage" : "Get more"}
      </Action>
    </Frame>
  );
}
