import { formatOverage } from "@/components/format/overage";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { currency, unitName } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney, majorUnitsOf } from "@/lib/billing/money";
import type { UsageSummary } from "@/lib/usage";

const outcomes = new Map<string, ["success" | "warning", string]>(
  Object.entries({
    set: ["success", "Your spending cap is saved."],
    removed: ["success", "There is no spending cap any more."],
    invalid: ["warning", "That is not an amount. Write it as 20 or 20.50."],
    failed: ["warning", "The spending cap was not saved. Please try again."],
  }),
);

function Outcome({ code }: { code: string | undefined }) {
  const [variant, text] = outcomes.get(code ?? "") ?? [];
  if (!variant) return null;
  return (
    <Alert role={variant === "success" ? "status" : "alert"} variant={variant}>
      <p>{text}</p>
    </Alert>
  );
}

/** The most that the customer wants to pay beyond the plan in a period; shown where there is anything to pay. */
export function SpendingCap({
  usage: { spendingCap, available, hardLimit },
  overage,
  outcome,
}: {
  usage: UsageSummary;
  overage: Entitlement["overage"];
  outcome: string | undefined;
}) {
  if (!overage) return null;
  const isReached = spendingCap !== null && !hardLimit && available === 0;
  const current = spendingCap ? majorUnitsOf(spendingCap.amount, spendingCap.currency) : "";
  return (
    <Card id="spending-cap" className="scroll-mt-20">
      <CardHeader>
        <CardTitle>Spending cap</CardTitle>
        <CardDescription>
          Beyond the allowance you pay {formatOverage(overage)}. With a cap, creating stops before a
          period costs more than that; 0 means nothing beyond the allowance.
        </CardDescription>
      </CardHeader>
      <Outcome code={outcome} />
      {isReached ? (
        <Alert
          role="alert"
          variant="warning"
          title={`Your cap of ${formatMoney(spendingCap.amount, spendingCap.currency)} is reached`}
        >
          <p>
            No new {unitName.many} can be made until the next period, or until you raise the cap.
          </p>
        </Alert>
      ) : null}
      <form
        action="/api/usage/spending-cap"
        method="post"
        className="flex flex-wrap items-end gap-3"
      >
        <div className="w-full space-y-2 sm:w-56">
          <Label htmlFor="cap-amount">Most per period, in {currency.toUpperCase()}</Label>
          <Input
            id="cap-amount"
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            placeholder="No cap"
            pattern="\d+([.]\d{1,2})?"
            title="An amount such as 20 or 20.50; empty for no cap"
            maxLength={9}
            defaultValue={current}
            aria-invalid={outcome === "invalid" || undefined}
          />
        </div>
        <Button type="submit" variant="outline">
          Save
        </Button>
      </form>
    </Card>
  );
}
