"use client";

import { useId } from "react";
import { Label } from "@/components/ui/label";

type Props = { label: string; value: string; onChange: (value: string) => void };

export function ColourField({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <div className="space-y-2">
      <Label htmlFor={id}>{label}</Label>
      <div className="flex h-11 items-center gap-3 rounded-md border border-input bg-card px-2">
        <input
          id={id}
          type="color"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="h-7 w-10 cursor-pointer rounded-sm border-0 bg-transparent p-0"
        />
        <span className="font-mono text-sm text-muted-foreground" aria-hidden="true">
          {value}
        </span>
      </div>
    </div>
  );
}
