import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

export function Disclosure({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <details id={id} className="group border-t pt-4">
      <summary className="flex items-center justify-between gap-4 rounded-sm text-sm font-medium">
        {title}
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 text-muted-foreground motion-safe:transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="max-w-lg space-y-4 pt-4">{children}</div>
    </details>
  );
}
