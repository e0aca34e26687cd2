"use client";

import { useId } from "react";
import type { Format } from "./request";

const formats: { value: Format; label: string; hint: string }[] = [
  { value: "svg", label: "SVG", hint: "Sharp at any size, for print" },
  { value: "png", label: "PNG", hint: "Pixels, for screens" },
];

export function FormatField({
  value,
  onChange,
}: {
  value: Format;
  onChange: (value: Format) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">File</legend>
      <div className="grid grid-cols-2 gap-3">
        {formats.map((format) => (
          <label
            key={format.value}
            className="flex items-start gap-3 rounded-md border border-input/60 bg-card p-3 has-checked:border-foreground has-checked:ring-1 has-checked:ring-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name={name}
              value={format.value}
              checked={value === format.value}
              onChange={() => onChange(format.value)}
              className="mt-0.5 size-4 accent-foreground outline-none"
            />
            <span className="text-sm">
              <span className="block font-medium">{format.label}</span>
              <span className="text-muted-foreground">{format.hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
