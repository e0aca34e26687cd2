import { DisclosureMark } from "@/components/ui/disclosure-mark";

export type Question = { question: string; answer: string };

export function Questions({ items }: { items: readonly Question[] }) {
  return (
    <div className="divide-y border-y">
      {items.map(({ question, answer }) => (
        <details key={question} className="group">
          <summary className="flex items-center justify-between gap-4 rounded-sm py-5 font-medium">
            {question}
            <DisclosureMark />
          </summary>
          <p className="max-w-prose pb-5 text-muted-foreground">{answer}</p>
        </details>
      ))}
    </div>
  );
}
