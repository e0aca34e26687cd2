import type { ReactNode } from "react";
import { Compass } from "@/components/brand/compass";

/** A page that says one thing: sign-in steps, a missing page, an error. */
export function NoticePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="relative isolate grid min-h-[70dvh] place-items-center overflow-hidden px-4 py-16">
      <div className="absolute inset-0 -z-10 mask-y-from-75% mask-y-to-100%">
        <Compass className="absolute top-1/2 left-1/2 w-[44rem] max-w-none -translate-1/2 text-foreground/10" />
      </div>
      <div className="w-full max-w-md space-y-6 rounded-xl border bg-card p-6 shadow-card sm:p-8 dark:shadow-none">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {children}
      </div>
    </div>
  );
}
