import type { ReactNode } from "react";

type Feature = { icon: ReactNode; title: string; text: string };

export function Features({ items }: { items: readonly Feature[] }) {
  return (
    <ul className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2">
      {items.map(({ icon, title, text }) => (
        <li key={title} className="space-y-3 bg-card p-6 sm:p-8">
          <div className="text-brand-foreground [&_svg]:size-6">{icon}</div>
          <h3 className="font-semibold">{title}</h3>
          <p className="text-muted-foreground">{text}</p>
        </li>
      ))}
    </ul>
  );
}
