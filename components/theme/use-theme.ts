"use client";

import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const key = "theme";
const changed = "themechange";

function read(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

function paint(): void {
  const theme = read();
  const dark =
    theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
}

function subscribe(listener: () => void): () => void {
  const update = () => {
    paint();
    listener();
  };
  // What changed between the page's first paint and now told nobody.
  paint();
  const system = matchMedia("(prefers-color-scheme: dark)");
  // `storage` tells of other tabs, our own event of other toggles on this page.
  window.addEventListener("storage", update);
  window.addEventListener(changed, update);
  system.addEventListener("change", update);
  return () => {
    window.removeEventListener("storage", update);
    window.removeEventListener(changed, update);
    system.removeEventListener("change", update);
  };
}

function choose(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    document.documentElement.classList.toggle("dark", theme === "dark");
    return;
  }
  window.dispatchEvent(new Event(changed));
}

/** `null` until the browser has taken over: the server can't know what is stored there. */
export function useTheme(): [Theme | null, (theme: Theme) => void] {
  return [useSyncExternalStore<Theme | null>(subscribe, read, () => null), choose];
}
