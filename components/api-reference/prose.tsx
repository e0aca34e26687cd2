/** A sentence of the document, with what stands in backquotes set as code. */
export function Prose({ children }: { children: string }) {
  return [...children.matchAll(/`([^`]*)`|[^`]+/g)].map(({ 0: text, 1: code, index: position }) =>
    code === undefined ? (
      text
    ) : (
      <code key={position} className="rounded bg-muted px-1 py-0.5 text-[0.9em]">
        {code}
      </code>
    ),
  );
}
