/** The cookie in which the code of a link (`/pricing?code=…`) waits for a checkout, over a sign-in too. */
export const discountCodeCookie = "northstar_code";
/** How long it is kept, in seconds. */
export const discountCodeMaxAge = 7 * 86_400;

/** A discount's code as Polar allows them: letters and digits; null for anything else. */
export function readDiscountCode(value: string | null | undefined): string | null {
  const code = value?.trim() ?? "";
  return /^[A-Za-z0-9]{3,64}$/.test(code) ? code : null;
}
