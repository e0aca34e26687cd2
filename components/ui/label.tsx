import { Label as LabelPrimitive } from "radix-ui/label";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

export function Label({ className, ...props }: ComponentProps<typeof LabelPrimitive>) {
  return <LabelPrimitive className={cn("block w-fit text-sm font-medium", className)} {...props} />;
}
