import type { ReactNode } from "react";
import { DisclosureMark } from "@/components/ui/disclosure-mark";

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
        <DisclosureMark />
      </summary>
      <div className="max-w-lg space-y-4 pt-4">{children}</div>
    </details>
  );
}
