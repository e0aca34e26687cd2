import { formatCount } from "@/components/format/counts";

/** A body as `showPayload` gives it; whoever needs what was left out asks the command. */
export function Payload({ text, left, id }: { text: string; left: number; id: string }) {
  return (
    <>
      <pre className="rounded-md bg-muted p-4 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      {left > 0 ? (
        <p className="text-sm text-muted-foreground">
          {formatCount(left)} characters more: <code>npm run inbox -- show {id}</code>
        </p>
      ) : null}
    </>
  );
}
