import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Has dead letters taken up again: `fields` say which. */
export function ReplayForm({ label, fields }: { label: string; fields: Record<string, string> }) {
  return (
    <form action="/api/admin/inbox/replay" method="post">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" variant="outline" size="sm">
        <RotateCw aria-hidden="true" />
        {label}
      </Button>
    </form>
  );
}
