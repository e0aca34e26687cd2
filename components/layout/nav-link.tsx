"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type NavItem = {
  href: string;
  label: string;
  icon: ReactNode;
  /** The pages below its address are its own, too. */
  coversBelow?: boolean;
};

function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={cn(
        "ml-auto size-1.5 rounded-full bg-brand opacity-0 transition-opacity delay-150",
        pending && "opacity-100",
      )}
    />
  );
}

/** The phone's menu is a popover in the layout: it outlives the navigation, so it's closed here. */
function closeMenu(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

export function NavLink({ href, label, icon, coversBelow = false }: NavItem) {
  const path = usePathname();
  const isPage = path === href;
  const current = isPage || (coversBelow && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      onClick={closeMenu}
      aria-current={isPage ? "page" : current || undefined}
      className={cn(
        "flex h-10 items-center gap-3 rounded-md px-3 text-sm font-medium text-muted-foreground hover:bg-accent hover:text-foreground lg:h-9 [&_svg]:size-4",
        current && "bg-accent text-foreground [&_svg]:text-brand-foreground",
      )}
    >
      {icon}
      {label}
      <Pending />
    </Link>
  );
}
