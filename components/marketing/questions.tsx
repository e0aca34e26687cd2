import { ChevronDown } from "lucide-react";

export type Question = { question: string; answer: string };

export function Questions({ items }: { items: readonly Question[] }) {
  return (
    <div className="divide-y border-y">
      {items.map(({ question, answer }) => (
        <details key={question} className="group">
          <summary className="flex items-center justify-between gap-4 rounded-sm py-5 font-medium">
            {question}
            <ChevronDown
              aria-hidden="true"
              className="size-4 shrink-0 text-muted-foreground motion-safe:transition-transform group-open:rotate-180"
            />
          </summary>
          <p className="max-w-prose pb-5 text-muted-foreground">{answer}</p>
        </details>
      ))}
    </div>
  );
}
