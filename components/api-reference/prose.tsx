/** A sentence of the document, with what stands in backquotes set as code. */
export function Prose({ children }: { children: string }) {
  return children.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence do not move
      <code key={index} className="rounded bg-muted px-1 py-0.5 text-[0.9em]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
