import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

const alertVariants = cva("flex gap-3 rounded-lg border p-4 text-sm", {
  variants: {
    variant: {
      default: "bg-muted text-foreground",
      success: "border-success/30 bg-success-soft text-success-foreground",
      warning: "border-warning/35 bg-warning-soft text-warning-foreground",
      destructive: "border-destructive/30 bg-destructive-soft text-destructive-foreground",
    },
  },
  defaultVariants: { variant: "default" },
});

const icons = {
  default: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  destructive: CircleAlert,
};

export function Alert({
  className,
  variant,
  title,
  children,
  ...props
}: Omit<ComponentProps<"div">, "title"> & VariantProps<typeof alertVariants> & { title?: string }) {
  const Icon = icons[variant ?? "default"];
  return (
    <div className={cn(alertVariants({ variant }), className)} {...props}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="min-w-0 space-y-1 [&_a]:font-medium [&_a]:underline [&_a]:underline-offset-4">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}
