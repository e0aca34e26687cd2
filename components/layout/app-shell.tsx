import { Menu } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { Account } from "@/components/layout/account";
import { AppNav } from "@/components/layout/app-nav";
import type { NavItem } from "@/components/layout/nav-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

type Props = {
  nav: readonly NavItem[];
  account: { name: string | null; email: string };
  /** What part of the product this is, where it is not the product itself. */
  area?: string;
  children: ReactNode;
};

function Home({ area, className }: { area: string | undefined; className: string }) {
  return (
    <div className="flex items-center gap-1">
      <Link href="/dashboard" className={cn("w-fit rounded-md py-2", className)}>
        <Wordmark />
      </Link>
      {area ? <Badge variant="brand">{area}</Badge> : null}
    </div>
  );
}

export function AppShell({ nav, account, area, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[16rem_minmax(0,1fr)]">
      <aside className="sticky top-0 hidden h-dvh flex-col gap-6 overflow-y-auto border-r bg-muted/50 p-4 lg:flex">
        <Home area={area} className="px-3" />
        <AppNav items={nav} />
        <div className="mt-auto">
          <Account {...account} />
        </div>
      </aside>
      <header className="sticky top-0 z-20 flex h-14 items-center justify-between border-b bg-background/92 px-4 backdrop-blur lg:hidden">
        <Home area={area} className="pr-2" />
        <Button variant="ghost" size="icon" popoverTarget="menu" aria-label="Menu">
          <Menu aria-hidden="true" className="size-5" />
        </Button>
        <div
          id="menu"
          popover="auto"
          className="fixed inset-x-3 top-16 bottom-auto m-0 w-auto rounded-xl border bg-popover p-3 text-popover-foreground shadow-card backdrop:bg-foreground/15"
        >
          <AppNav items={nav} />
          <div className="mt-3">
            <Account {...account} />
          </div>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 outline-none sm:px-6 lg:px-10 lg:py-12"
      >
        {children}
      </main>
    </div>
  );
}
