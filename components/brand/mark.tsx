import { cn } from "@/components/ui/cn";

/** A compass needle rose: each ray is split into a lit and a shaded facet, north in brass. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-7", className)}>
      <path
        fill="currentColor"
        d="M12 12.6 9.9 14.7 12 23zM12 12.6 2.6 12.6 9.9 10.5zM12 12.6 14.1 14.7 21.4 12.6z"
      />
      <path
        fill="currentColor"
        fillOpacity="0.45"
        d="M12 12.6 14.1 14.7 12 23zM12 12.6 2.6 12.6 9.9 14.7zM12 12.6 14.1 10.5 21.4 12.6z"
      />
      <path className="fill-brand" d="M12 12.6 9.9 10.5 12 1z" />
      <path className="fill-brand-foreground" d="M12 12.6 14.1 10.5 12 1z" />
    </svg>
  );
}
