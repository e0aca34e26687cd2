/** To a whole number; halves away from zero, as Polar rounds discounts. */
export function roundHalfAway(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount));
}

/** To a whole number; halves to the even one, as Polar rounds the tax of refunds. */
export function roundHalfEven(amount: number): number {
  const whole = Math.floor(amount);
  const rest = amount - whole;
  if (rest !== 0.5) return Math.round(amount);
  return whole % 2 === 0 ? whole : whole + 1;
}
