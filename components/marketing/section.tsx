import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export function Section({
  id,
  title,
  lead,
  className,
  children,
}: {
  id?: string;
  title: string;
  lead?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className={cn("py-16 sm:py-24", className)}>
      <div className="mx-auto w-full max-w-6xl px-4 sm:px-6">
        <div className="mb-10 max-w-2xl space-y-3">
          <h2 className="text-2xl font-semibold sm:text-3xl">{title}</h2>
          {lead ? <p className="text-lg text-muted-foreground">{lead}</p> : null}
        </div>
        {children}
      </div>
    </section>
  );
}
