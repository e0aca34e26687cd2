const digitsOf = (currency: string): number =>
  new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
  }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount in major units as a form holds it, such as "20" or "20.50". */
export function majorUnitsOf(amount: number, currency: string): string {
  const digits = digitsOf(currency);
  const major = amount / 10 ** digits;
  return Number.isInteger(major) ? String(major) : major.toFixed(digits);
}

/** The minor units of an amount that somebody wrote, to the cent; undefined for what is not an amount. */
export function minorUnitsOf(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const [, whole, fraction = ""] = /^(\d+)(?:[.](\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  const amount = Number(whole + fraction.padEnd(digits, "0"));
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/**
 * An amount for people, such as "$19" or "$19.50".
 *
 * @param amount in minor units of `currency`.
 * @param currency ISO 4217 code, in either case.
 */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
  });
  const major = amount / 10 ** digitsOf(currency);
  return Number.isInteger(major)
    ? new Intl.NumberFormat("en-US", {
        style: "currency",
        currency: currency.toUpperCase(),
        minimumFractionDigits: 0,
      }).format(major)
    : format.format(major);
}
