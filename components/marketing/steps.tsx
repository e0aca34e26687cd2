export function Steps({ items }: { items: readonly { title: string; text: string }[] }) {
  return (
    <ol className="grid gap-8 md:grid-cols-3">
      {items.map(({ title, text }, index) => (
        <li key={title} className="border-t-2 border-brand pt-5">
          <h3 className="font-semibold">
            <span className="mr-2 text-muted-foreground tabular-nums">{index + 1}</span>
            {title}
          </h3>
          <p className="mt-2 text-muted-foreground">{text}</p>
        </li>
      ))}
    </ol>
  );
}
