import { Alert } from "@/components/ui/alert";
import type { Done } from "@/lib/billing/changes/rules";

const messages = new Map<string, string>(
  Object.entries({
    plan_changed: "Your plan is changed.",
    plan_scheduled: "The change is scheduled for the period's end. Nothing was charged.",
    plan_kept: "You stay with your plan. The scheduled change is taken back.",
    canceled: "The plan is canceled. You keep it until its period ends.",
    ended: "The subscription has ended.",
    uncanceled: "Your plan goes on.",
    pause_scheduled: "The plan pauses at the period's end.",
    pause_taken_back: "The plan goes on without a pause.",
    resumed: "Your plan is back. A new period starts today.",
  } satisfies Record<Done, string>),
);

/** What was done, after the form that did it. An unknown code says nothing. */
export function DoneNotice({ code }: { code: string | undefined }) {
  const message = messages.get(code ?? "");
  return message ? (
    <Alert role="status" variant="success">
      <p>{message}</p>
    </Alert>
  ) : null;
}
