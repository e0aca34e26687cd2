import Link from "next/link";
import { formatCount } from "@/components/format/counts";
import { cn } from "@/components/ui/cn";

export type StateLink = { href: string; label: string; count: number | null; isCurrent: boolean };

/** The ways to look at one list, each with how many there are. */
export function StateLinks({ label, links }: { label: string; links: readonly StateLink[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {links.map(({ href, label: name, count, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent ? "page" : undefined}
              className={cn(
                "inline-flex h-9 items-center gap-2 rounded-md border px-3 text-sm font-medium text-muted-foreground tabular-nums hover:bg-accent",
                isCurrent && "bg-accent text-foreground",
              )}
            >
              {name}
              {count === null ? null : <span>{formatCount(count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
