import { ChangeForm } from "@/components/billing/change-form";
import { Disclosure } from "@/components/billing/disclosure";
import { Day } from "@/components/format/day";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";
import {
  type CancellationReason,
  cancellationReasons,
  longestComment,
} from "@/lib/billing/changes/request";

const labels: Record<CancellationReason, string> = {
  too_expensive: "It is too expensive",
  missing_features: "Something is missing",
  switched_service: "I use something else",
  unused: "I don't use it enough",
  customer_service: "Support was not good enough",
  low_quality: "The quality was not good enough",
  too_complex: "It is too complicated",
  other: "Something else",
};

function Why() {
  return (
    <>
      <div className="space-y-2">
        <Label htmlFor="reason">Why do you cancel? (optional)</Label>
        <Select id="reason" name="reason" defaultValue="">
          <option value="">I'd rather not say</option>
          {cancellationReasons.map((reason) => (
            <option key={reason} value={reason}>
              {labels[reason]}
            </option>
          ))}
        </Select>
      </div>
      <div className="space-y-2">
        <Label htmlFor="comment">What could be better? (optional)</Label>
        <Textarea id="comment" name="comment" maxLength={longestComment} />
      </div>
    </>
  );
}

function Consequence({ subscription: { status, period } }: { subscription: ManagedSubscription }) {
  if (status === "paused")
    return "It ends at once; nothing is charged any more. What you made stays.";
  if (status === "past_due")
    return "It is not renewed any more, and ends with its period. What you made stays.";
  return (
    <>
      You keep the plan until <Day value={period.end} />, and can take the cancellation back until
      then. What you made stays.
    </>
  );
}

export function CancelForm({ subscription }: { subscription: ManagedSubscription }) {
  const { status, seen } = subscription;
  const isPaused = status === "paused";
  return (
    <Disclosure id="cancel" title={isPaused ? "End the subscription" : "Cancel the plan"}>
      <p className="max-w-prose text-sm text-muted-foreground">
        <Consequence subscription={subscription} />
      </p>
      <ChangeForm action="cancel" seen={seen} variant="outline" fields={<Why />}>
        {isPaused ? "End subscription" : "Cancel at the period's end"}
      </ChangeForm>
    </Disclosure>
  );
}
