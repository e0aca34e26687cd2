import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";

/** A key that was just made, shown this once. */
export function NewKey({ token }: { token: string }) {
  return (
    <Alert variant="success" title="Your new key">
      <p>Copy it now: it is not stored and cannot be shown again.</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <code className="min-w-0 rounded-md border bg-background px-3 py-2 font-medium break-all text-foreground select-all">
          {token}
        </code>
        <CopyButton text={token} label="Copy key" />
      </div>
    </Alert>
  );
}
