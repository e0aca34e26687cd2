import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        "min-h-24 w-full min-w-0 rounded-md border border-input bg-card px-3 py-2.5 text-base text-foreground placeholder:text-muted-foreground disabled:opacity-60 aria-invalid:border-destructive sm:text-sm",
        className,
      )}
      {...props}
    />
  );
}
