import type { ReactNode } from "react";

/** Rows of which each says several things: one below the other, so that they fit a phone. */
export function RowList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y">
      {children}
    </ul>
  );
}

/** `title` and `mark` share the first line, `about` stands below in small. */
export function Row({
  title,
  mark,
  about,
  children,
}: {
  title: ReactNode;
  mark?: ReactNode;
  about?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className="space-y-1.5 py-3.5 first:pt-0 last:pb-0">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0 wrap-anywhere text-sm font-medium">{title}</div>
        {mark}
      </div>
      {about ? (
        <div className="flex flex-wrap gap-x-4 gap-y-0.5 wrap-anywhere text-sm text-muted-foreground">
          {about}
        </div>
      ) : null}
      {children}
    </li>
  );
}

export const rowLink = "underline decoration-border underline-offset-4 hover:decoration-current";
