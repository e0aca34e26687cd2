import { Mark } from "@/components/brand/mark";
import { site } from "@/components/brand/site";

export function Wordmark() {
  return (
    <span className="flex w-fit items-center gap-2 text-base font-semibold tracking-tight">
      <Mark />
      {site.name}
    </span>
  );
}
