import Link from "next/link";
import { Button } from "@/components/ui/button";

type Props = {
  /** The page's address, and what of it stays from page to page. */
  path: string;
  keep?: Record<string, string>;
  isFirst: boolean;
  next: string | null;
};

/** The way to older rows and back to the newest. */
export function Pager({ path, keep = {}, isFirst, next }: Props) {
  if (isFirst && next === null) return null;
  const first = new URLSearchParams(keep);
  const older = new URLSearchParams({ ...keep, after: next ?? "" });
  return (
    <nav aria-label="Pages" className="flex gap-3 border-t pt-4">
      {isFirst ? null : (
        <Button asChild variant="outline" size="sm">
          <Link href={first.size > 0 ? `${path}?${first}` : path}>Newest</Link>
        </Button>
      )}
      {next === null ? null : (
        <Button asChild variant="outline" size="sm">
          <Link href={`${path}?${older}`}>Older</Link>
        </Button>
      )}
    </nav>
  );
}
