import { QrCode } from "lucide-react";

export function EmptyCode() {
  return (
    <div className="grid aspect-square place-items-center rounded-lg border border-dashed bg-muted/60 p-6 text-center text-sm text-muted-foreground">
      <div className="space-y-3">
        <QrCode className="mx-auto size-8" aria-hidden="true" />
        <p>Your code appears here</p>
      </div>
    </div>
  );
}
