import type { models } from "@polar-sh/sdk/2026-10";
import { attributes, type Html, html } from "../html.ts";
import { fixedPriceText } from "../parts/prices.ts";
import { pricesOf } from "./summary.ts";

/** A choice between the products of a checkout; null where there is only one. */
export function productChoice(
  checkout: models.Checkout,
  chosen: models.CheckoutProduct,
): Html | null {
  if (checkout.products.length < 2) return null;
  const options = checkout.products.map((product) => {
    const radio = { type: "radio", name: "product_id", value: product.id };
    return html`<label class="option">
      <input${attributes({ ...radio, checked: product.id === chosen.id })}>
      <span>${product.name}</span>
      <span class="option-price">${fixedPriceText(pricesOf(checkout, product), product)}</span>
    </label>`;
  });
  return html`<form method="post" class="choice">
    <input type="hidden" name="action" value="choose_product">
    <fieldset>
      <legend>Choose a product</legend>
      ${options}
    </fieldset>
    <button class="quiet">Update</button>
  </form>`;
}
