import type { ReactNode } from "react";

export function PageHeader({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
      <div className="space-y-1.5">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {children ? <p className="max-w-prose text-muted-foreground">{children}</p> : null}
      </div>
      {actions}
    </div>
  );
}
