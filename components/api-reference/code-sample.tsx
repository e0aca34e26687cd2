import { CopyButton } from "@/components/ui/copy-button";

export function CodeSample({ label, source }: { label: string; source: string }) {
  return (
    <figure className="overflow-hidden rounded-lg border bg-muted">
      <figcaption className="flex items-center justify-between gap-3 border-b px-4 py-2 text-sm font-medium">
        {label}
        <CopyButton text={source} />
      </figcaption>
      {/* Long lines wrap: what scrolls could not be reached by keyboard. */}
      <pre className="p-4 text-xs leading-relaxed break-words whitespace-pre-wrap sm:text-sm">
        <code data-language={label}>{source}</code>
      </pre>
    </figure>
  );
}
