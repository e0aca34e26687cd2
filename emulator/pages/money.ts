/** Decimals a price per unit may have: Polar takes twelve on top of the two of a cent. */
const UNIT_PRICE_DECIMALS = 14;

function formatter(currency: string, maximumFractionDigits?: number): Intl.NumberFormat {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
    ...(maximumFractionDigits === undefined ? {} : { maximumFractionDigits }),
  });
}

/** Not every currency has cents: yen have no minor unit. */
function minorPerMajor(currency: string): number {
  return 10 ** (formatter(currency).resolvedOptions().maximumFractionDigits ?? 2);
}

/**
 * Writes an amount: `1900` of `usd` is "$19.00".
 *
 * @param amount in minor units (cents)
 * @param currency ISO 4217, in either case
 */
export function money(amount: number, currency: string): string {
  return formatter(currency).format(amount / minorPerMajor(currency));
}

/**
 * Writes a price per unit with all its decimals: "0.2" of `usd` is "$0.002".
 *
 * @param unitAmount a decimal, in minor units (cents)
 * @param currency ISO 4217, in either case
 */
export function unitMoney(unitAmount: string, currency: string): string {
  const amount = Number(unitAmount) / minorPerMajor(currency);
  return formatter(currency, UNIT_PRICE_DECIMALS).format(amount);
}

/** Writes an amount as it is typed in: `1900` of `usd` is "19.00". */
export function majorText(amount: number, currency: string): string {
  const digits = Math.log10(minorPerMajor(currency));
  return (amount / minorPerMajor(currency)).toFixed(digits);
}

/** Reads an amount as it is typed in ("19", "$19.50", "19,50"), to minor units; null when it is none. */
export function readMajor(text: string, currency: string): number | null {
  const plain = text.replace(/[\s$€£]/g, "").replace(/,(?=\d{1,2}$)/, ".");
  if (!/^\d{1,9}(\.\d{0,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * minorPerMajor(currency));
}
