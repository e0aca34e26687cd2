import type { models } from "@polar-sh/sdk/2026-10";
import { type Html, html } from "../html.ts";
import { majorText, money } from "../money.ts";
import { discountText } from "../parts/discounts.ts";
import { inputField } from "../parts/field.ts";
import type { CheckoutPageView } from "../views.ts";

type Prices = models.CheckoutProduct["prices"];

/** A form beside the one to pay with: a field and a button that takes it over. */
function choice(action: string, field: Html, button: string): Html {
  return html`<form method="post" novalidate class="beside">
    <input type="hidden" name="action" value="${action}">
    ${field}
    <button class="quiet" id="${action}">${button}</button>
  </form>`;
}

/** "At least $5.00, at most $100.00." */
function limits(price: models.ProductPriceCustom): string {
  const write = (amount: number) => money(amount, price.price_currency);
  const { minimum_amount, maximum_amount } = price;
  if (maximum_amount !== null)
    return minimum_amount > 0
      ? `Between ${write(minimum_amount)} and ${write(maximum_amount)}`
      : `Up to ${write(maximum_amount)}`;
  return minimum_amount > 0 ? `At least ${write(minimum_amount)}` : "Whatever you like";
}

function amountChoice({ checkout, fieldErrors, typed }: CheckoutPageView, prices: Prices) {
  const price = prices.find((each) => each.amount_type === "custom");
  if (price?.amount_type !== "custom") return null;
  const field = inputField({
    id: "amount",
    name: "amount",
    label: `Name your price (${checkout.currency.toUpperCase()})`,
    hint: limits(price),
    error: fieldErrors.amount,
    control: {
      value: typed.amount ?? majorText(checkout.amount, checkout.currency),
      inputmode: "decimal",
      autocomplete: "off",
      required: true,
      autofocus: Boolean(fieldErrors.amount),
    },
  });
  return choice("choose_amount", field, "Update");
}

function seatsChoice({ checkout, fieldErrors, typed }: CheckoutPageView, prices: Prices) {
  const price = prices.find((each) => each.amount_type === "seat_based");
  if (price?.amount_type !== "seat_based") return null;
  const { minimum_seats, maximum_seats } = price.seat_tiers;
  const field = inputField({
    id: "seats",
    name: "seats",
    label: "Seats",
    error: fieldErrors.seats,
    control: {
      type: "number",
      value: typed.seats ?? checkout.seats ?? minimum_seats,
      min: Math.max(minimum_seats, checkout.min_seats ?? 0),
      max: checkout.max_seats ?? maximum_seats,
      step: 1,
      inputmode: "numeric",
      autocomplete: "off",
      required: true,
      autofocus: Boolean(fieldErrors.seats),
    },
  });
  return choice("choose_seats", field, "Update");
}

function appliedDiscount(discount: NonNullable<models.Checkout["discount"]>): Html {
  return html`<form method="post" class="applied">
    <input type="hidden" name="action" value="remove_discount">
    <p><strong>${discount.code ?? discount.name}</strong> <span>${discountText(discount)}</span></p>
    <button class="small">Remove<span class="unseen"> the discount</span></button>
  </form>`;
}

function discountChoice({ checkout, fieldErrors, typed }: CheckoutPageView): Html | null {
  if (!checkout.is_discount_applicable || !checkout.allow_discount_codes) return null;
  if (checkout.discount) return appliedDiscount(checkout.discount);
  const field = inputField({
    id: "discount_code",
    name: "discount_code",
    label: "Discount code",
    error: fieldErrors.discount_code,
    control: {
      value: typed.discount_code ?? "",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
      autofocus: Boolean(fieldErrors.discount_code),
    },
  });
  return choice("apply_discount", field, "Apply");
}

/** What the payer decides beside paying: the amount, the number of seats, a discount code. */
export function choices(view: CheckoutPageView, prices: Prices): Html {
  return html`${amountChoice(view, prices)}${seatsChoice(view, prices)}${discountChoice(view)}`;
}
