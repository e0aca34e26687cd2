import type { ReactNode } from "react";
import { ChangeForm } from "@/components/billing/change-form";
import { productName } from "@/components/billing/product-name";
import { Day } from "@/components/format/day";
import { Alert } from "@/components/ui/alert";
import type { ManagedSubscription } from "@/lib/billing/changes/managed";

function Coming({ children, undo }: { children: ReactNode; undo: ReactNode }) {
  return (
    <Alert>
      <div className="space-y-3">
        <p>{children}</p>
        {undo}
      </div>
    </Alert>
  );
}

/** What is to happen at the period's end, and the way to take it back. */
export function ComingChange({ subscription }: { subscription: ManagedSubscription }) {
  const { pending, product, seen, cancelAtPeriodEnd, pauseAtPeriodEnd, period } = subscription;
  const button = { seen, variant: "outline", size: "sm" } as const;
  if (cancelAtPeriodEnd) {
    return (
      <Coming
        undo={
          <ChangeForm action="uncancel" {...button}>
            Keep the plan
          </ChangeForm>
        }
      >
        The plan is canceled. You have it until <Day value={period.end} />, then the Free plan
        follows.
      </Coming>
    );
  }
  return (
    <>
      {pending ? (
        <Coming
          undo={
            <ChangeForm action="keep_plan" {...button}>
              Stay with {productName(product)}
            </ChangeForm>
          }
        >
          Scheduled: {productName(pending.product)}, from <Day value={pending.appliesAt} />. Until
          then you keep {productName(product)}.
        </Coming>
      ) : null}
      {pauseAtPeriodEnd ? (
        <Coming
          undo={
            <ChangeForm action="keep_running" {...button}>
              Don't pause
            </ChangeForm>
          }
        >
          The plan pauses on <Day value={period.end} />. From then on nothing is charged, and you
          have what the Free plan gives.
        </Coming>
      ) : null}
    </>
  );
}
