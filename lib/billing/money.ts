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
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const major = amount / 10 ** digits;
  return Number.isInteger(major)
    ? new Intl.NumberFormat("en-US", {
        style: "currency",
        currency: currency.toUpperCase(),
        minimumFractionDigits: 0,
      }).format(major)
    : format.format(major);
}
