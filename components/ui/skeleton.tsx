import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("motion-safe:animate-pulse rounded-md bg-accent", className)} {...props} />
  );
}
