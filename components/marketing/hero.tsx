import Link from "next/link";
import type { ReactNode } from "react";
import { Compass } from "@/components/brand/compass";
import { Button } from "@/components/ui/button";

export function Hero({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section className="relative isolate overflow-hidden border-b">
      <div className="mx-auto grid w-full max-w-6xl items-center gap-12 px-4 py-14 sm:px-6 sm:py-20 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-20 lg:py-28">
        <div className="space-y-6">
          <h1 className="text-4xl leading-[1.08] font-semibold tracking-[-0.03em] sm:text-5xl lg:text-6xl">
            {title}
          </h1>
          <p className="max-w-xl text-lg text-muted-foreground sm:text-xl">{lead}</p>
          <div className="flex flex-wrap gap-3 pt-2">
            <Button asChild size="lg">
              <Link href="/sign-in?callbackUrl=/dashboard">Start free</Link>
            </Button>
            <Button asChild size="lg" variant="outline">
              <Link href="/pricing">See pricing</Link>
            </Button>
          </div>
        </div>
        <div className="relative mx-auto w-full max-w-96">
          <Compass className="absolute top-1/2 left-1/2 -z-10 w-[30rem] max-w-none -translate-1/2 lg:w-[46rem] lg:mask-l-from-55% lg:mask-l-to-82%" />
          <div className="rounded-xl border bg-card p-5 shadow-card sm:p-6 dark:shadow-none">
            {children}
          </div>
        </div>
      </div>
    </section>
  );
}
