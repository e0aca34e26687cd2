import { Check } from "lucide-react";
import type { Step } from "@/components/checkout/steps";
import { cn } from "@/components/ui/cn";

const spoken = { done: "Done", current: "In progress", waiting: "Waiting" } as const;

export function Progress({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="space-y-0">
      {steps.map(({ label, state }) => (
        <li
          key={label}
          aria-current={state === "current" ? "step" : undefined}
          className="relative flex items-center gap-3 py-2.5 not-last:before:absolute not-last:before:top-8.5 not-last:before:left-3 not-last:before:h-4.5 not-last:before:w-px not-last:before:bg-border"
        >
          <span
            aria-hidden="true"
            className={cn(
              "grid size-6 shrink-0 place-items-center rounded-full border-2",
              state === "done" && "border-success bg-success text-background",
              state === "current" && "motion-safe:animate-pulse border-brand bg-brand-soft",
              state === "waiting" && "border-border",
            )}
          >
            {state === "done" ? <Check className="size-3.5" strokeWidth={3} /> : null}
          </span>
          <span className={state === "waiting" ? "text-muted-foreground" : "font-medium"}>
            {label}
          </span>
          <span className="ml-auto text-sm text-muted-foreground">{spoken[state]}</span>
        </li>
      ))}
    </ol>
  );
}
