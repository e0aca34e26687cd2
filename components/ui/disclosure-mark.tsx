import { ChevronDown } from "lucide-react";

/** The arrow of a `<details class="group">`, which turns when that is open. */
export function DisclosureMark() {
  return (
    <ChevronDown
      aria-hidden="true"
      className="size-4 shrink-0 text-muted-foreground motion-safe:transition-transform group-open:rotate-180"
    />
  );
}
