/** One measured figure, with the target that it is held against where there is one. */
export interface Figure {
  name: string;
  value: number;
  /** Seconds, a second, times as much, or just a number. */
  unit: "s" | "/s" | "x" | "";
  target?: { most: number } | { least: number };
  /** Lines that tell more about it. */
  notes?: readonly string[];
}

/** Whether a figure keeps its target; true without one. */
export function isMet({ value, target }: Figure): boolean {
  if (!target) return true;
  return "most" in target ? value <= target.most : value >= target.least;
}
