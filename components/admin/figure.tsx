import type { ReactNode } from "react";

/** One number, what it is, and what belongs to it in small. */
export function Figure({
  name,
  value,
  children,
}: {
  name: string;
  value: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="space-y-1">
      <dt className="text-sm text-muted-foreground">{name}</dt>
      <dd className="text-2xl font-semibold tabular-nums">{value}</dd>
      {children ? <dd className="text-sm text-muted-foreground">{children}</dd> : null}
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-4 gap-y-6 lg:grid-cols-4">{children}</dl>;
}
