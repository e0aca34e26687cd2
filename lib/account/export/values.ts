/** A moment as ISO 8601 in UTC; `text` is as PostgreSQL writes it, with all of its microseconds. */
export function iso(moment: Date): string;
export function iso(moment: Date | null): string | null;
export function iso(text: string): string;
export function iso(text: string | null): string | null;
export function iso(value: Date | string | null): string | null {
  if (value instanceof Date) return value.toISOString();
  return value ? value.replace(" ", "T").replace(/\+00(:?00)?$/, "Z") : null;
}

/** An amount in minor units with its currency. */
export const money = (amount: number, currency: string) => ({ amount, currency });
