"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { type Theme, useTheme } from "@/components/theme/use-theme";
import { cn } from "@/components/ui/cn";

const options: { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
];

export function ThemeChoice({ compact = false }: { compact?: boolean }) {
  const [theme, choose] = useTheme();
  const name = useId();
  return (
    <fieldset className="w-fit" disabled={theme === null}>
      <legend className="sr-only">Theme</legend>
      <div className="inline-flex rounded-full border bg-muted p-0.5">
        {options.map(({ value, label, icon: Icon }) => (
          <label
            key={value}
            title={compact ? label : undefined}
            className={cn(
              "flex items-center justify-center gap-2 rounded-full text-sm text-muted-foreground transition-colors hover:text-foreground has-checked:bg-card has-checked:text-foreground has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring dark:has-checked:bg-accent",
              compact ? "size-8" : "h-9 px-4",
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={theme === value}
              onChange={() => choose(value)}
              className="sr-only"
            />
            <Icon className="size-4" aria-hidden="true" />
            <span className={compact ? "sr-only" : undefined}>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
