import { newId } from "../ids.ts";
import type { CardDoc } from "../store/documents.ts";

const DECLINED = new Set(["4000000000000002", "4000000000000341"]);
const NEEDS_CONFIRMATION = new Set(["4000002500003155"]);
/** A card that can be saved, and whose charges fail: how a renewal fails. */
const FAILS_LATER = "4000000000000341";

const REFUND_PENDS = "4000000000007726";
const REFUND_FAILS = "4000000000005126";

/** How a refund to a card goes: at once, only after a while, or taken back after a while. */
export function refundCourse(card: CardDoc): "succeeds" | "pends" | "fails" {
  if (card.number === REFUND_PENDS) return "pends";
  return card.number === REFUND_FAILS ? "fails" : "succeeds";
}

/** Whether a charge, or at `atFirst` the first one or the saving of the card, goes through. */
export function cardPays(card: CardDoc, atFirst = false): boolean {
  if (atFirst && card.number === FAILS_LATER) return true;
  return !DECLINED.has(card.number);
}

/** Whether the payer's bank asks before the first payment. */
export function cardAsks(card: CardDoc): boolean {
  return NEEDS_CONFIRMATION.has(card.number);
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

export interface CardForm {
  number: string;
  expiry: string;
  cvc: string;
}

export type CardErrors = Partial<Record<"card_number" | "card_expiry" | "card_cvc", string>>;

/** Reads a card as typed into a form; `year` and `month` (1–12) are the present ones. */
export function readCard(
  form: CardForm,
  present: { year: number; month: number },
): { card: CardDoc } | { errors: CardErrors } {
  const number = form.number.replace(/[\s-]/g, "");
  const expiry = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(form.expiry.trim());
  const month = Number(expiry?.[1]);
  const year = Number(expiry?.[2]) + (expiry?.[2]?.length === 2 ? 2000 : 0);
  const errors: CardErrors = {};
  if (!/^\d{13,19}$/.test(number) || !passesLuhn(number))
    errors.card_number = "Your card number is invalid.";
  if (!expiry || month < 1 || month > 12) errors.card_expiry = "Write it as MM/YY.";
  else if (year < present.year || (year === present.year && month < present.month))
    errors.card_expiry = "Your card has expired.";
  if (!/^\d{3,4}$/.test(form.cvc.trim())) errors.card_cvc = "Three or four digits.";
  if (Object.keys(errors).length > 0) return { errors };
  const brand = number.startsWith("4")
    ? "visa"
    : /^5[1-5]|^2[2-7]/.test(number)
      ? "mastercard"
      : /^3[47]/.test(number)
        ? "amex"
        : "unknown";
  return {
    card: {
      id: newId(),
      number,
      brand,
      last4: number.slice(-4),
      exp_month: month,
      exp_year: year,
    },
  };
}
