import Link from "next/link";
import { LiveRefresh } from "@/components/checkout/live-refresh";
import { Progress } from "@/components/checkout/progress";
import { isMoving, stepsOf } from "@/components/checkout/steps";
import { wordsFor } from "@/components/checkout/words";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { CheckoutView } from "@/lib/billing/checkout-view";

/** `next` is the page that led here, to go on to once what it asked for is bought. */
export function Outcome({ view, next = null }: { view: CheckoutView; next?: string | null }) {
  const { title, text, actions: usual } = wordsFor(view);
  const actions =
    next && view.ready
      ? [
          { label: "Continue where you were", href: next },
          ...usual.filter(({ href }) => href !== next),
        ]
      : usual;
  const steps = stepsOf(view);
  return (
    <Card className="mx-auto max-w-xl gap-6 sm:p-8">
      <div role="status" className="space-y-2">
        <h1 className="text-2xl font-semibold">{title}</h1>
        <p className="text-muted-foreground">{text}</p>
      </div>
      {steps.length > 0 ? <Progress steps={steps} /> : null}
      {isMoving(view) ? <LiveRefresh /> : null}
      {actions.length > 0 ? (
        <div className="flex flex-wrap gap-3">
          {actions.map(({ label, href }, index) => (
            <Button key={href} asChild variant={index === 0 ? "default" : "outline"}>
              <Link href={href}>{label}</Link>
            </Button>
          ))}
        </div>
      ) : null}
    </Card>
  );
}
