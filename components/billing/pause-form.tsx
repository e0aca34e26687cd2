import { ChangeForm } from "@/components/billing/change-form";
import { Disclosure } from "@/components/billing/disclosure";
import { Day } from "@/components/format/day";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";

export function PauseForm({
  subscription: { period, seen },
}: {
  subscription: ManagedSubscription;
}) {
  return (
    <Disclosure id="pause" title="Pause the plan">
      <p className="text-sm text-muted-foreground">
        From <Day value={period.end} /> on nothing is charged, and you have what the Free plan
        gives. Resume whenever you like: a new period starts, and is paid, on that day.
      </p>
      <ChangeForm action="pause" seen={seen} variant="outline">
        Pause at the period's end
      </ChangeForm>
    </Disclosure>
  );
}
