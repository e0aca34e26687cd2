/** What went wrong, as the program said it. */
export function ErrorText({ text }: { text: string }) {
  return (
    <p className="line-clamp-4 rounded-md bg-destructive-soft px-3 py-2 font-mono text-xs wrap-anywhere text-destructive-foreground">
      {text}
    </p>
  );
}
