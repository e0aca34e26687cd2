/** An amount in minor units, as `$19.00`. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amount / 100);
}

/** A price of one metered unit in (decimal) minor units, as `$0.002`. */
export function unitPrice(amount: string, currency: string): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 12,
  }).format(Number(amount) / 100);
}

/** "month", "3 months" */
export function period(interval: string, count: number): string {
  return count === 1 ? interval : `${count} ${interval}s`;
}
