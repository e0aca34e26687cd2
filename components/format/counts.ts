import { unitName } from "@/lib/billing/catalog";

const counts = new Intl.NumberFormat("en-US");

export function formatCount(value: number): string {
  return counts.format(value);
}

/** "1 code", "5,000 codes": in the words of the catalog. */
export function formatUnits(value: number): string {
  return `${formatCount(value)} ${value === 1 ? unitName.one : unitName.many}`;
}
