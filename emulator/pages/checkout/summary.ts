import type { models } from "@polar-sh/sdk/2026-10";
import { humanDate } from "../../time.ts";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import { money } from "../money.ts";
import { duration, fixedPriceText, meteredPriceTexts, priceText } from "../parts/prices.ts";
import type { CheckoutPageView } from "../views.ts";
import { choices } from "./choices.ts";

/** The prices of a product in this checkout, which may have its own. */
export function pricesOf(
  checkout: models.Checkout,
  product: models.CheckoutProduct,
): models.CheckoutProduct["prices"] {
  return checkout.prices?.[product.id] ?? product.prices;
}

/** "14 days free, then $19.00 per month, starting Dec 8, 2026"; null without a trial. */
function trialText(checkout: models.Checkout, product: models.CheckoutProduct): string | null {
  const { trial_end, active_trial_interval, active_trial_interval_count } = checkout;
  if (!trial_end) return null;
  const free =
    active_trial_interval && active_trial_interval_count
      ? `${duration(active_trial_interval, active_trial_interval_count)} free`
      : `Free until ${humanDate(trial_end)}`;
  const price = priceText(checkout.amount, checkout.currency, product);
  return `${free}, then ${price}, starting ${humanDate(trial_end)}`;
}

function line(label: Html | string, amount: string, strong = false): Html {
  return html`<div${strong && html` class="due"`}><dt>${label}</dt><dd>${amount}</dd></div>`;
}

function totals(checkout: models.Checkout): Html {
  const { currency, amount, discount_amount, tax_amount, total_amount, trial_end } = checkout;
  const write = (value: number) => money(value, currency);
  const isInclusive = checkout.tax_behavior === "inclusive";
  const split = total_amount !== amount || Boolean(tax_amount);
  return html`<dl class="totals">
    ${split && line("Subtotal", write(amount))}
    ${discount_amount > 0 && line(checkout.discount?.name ?? "Discount", `−${write(discount_amount)}`)}
    ${split && tax_amount ? line(isInclusive ? "Tax included" : "Tax", write(tax_amount)) : null}
    ${trial_end && line(html`Due on ${dateText(trial_end)}`, write(total_amount))}
    ${line("Due today", write(trial_end ? 0 : total_amount), true)}
  </dl>`;
}

function benefits(product: models.CheckoutProduct): Html | null {
  if (product.benefits.length === 0) return null;
  return html`<div class="benefits">
    <h2>What you get</h2>
    <ul>${product.benefits.map(({ description }) => html`<li>${description}</li>`)}</ul>
  </div>`;
}

/** What is bought, what it costs and what of that is due today. */
export function summary(view: CheckoutPageView, product: models.CheckoutProduct): Html {
  const { checkout } = view;
  const { seats } = checkout;
  const prices = pricesOf(checkout, product);
  const metered = meteredPriceTexts(prices);
  const price =
    checkout.amount === 0 && prices.every(({ amount_type }) => amount_type.startsWith("metered"))
      ? fixedPriceText(prices, product)
      : priceText(checkout.amount, checkout.currency, product);
  const [figure, ...rest] = price.split(/ (?=per |every )/);
  const trial = trialText(checkout, product);
  return html`<section class="summary">
    <h1>${product.name}</h1>
    <p class="price"><span class="figure">${figure}</span> ${rest}</p>
    ${seats !== null && html`<p class="metered">for ${seats} seat${seats === 1 ? "" : "s"}</p>`}
    ${metered.map((text) => html`<p class="metered">${text}</p>`)}
    ${trial && html`<p class="trial">${trial}</p>`}
    ${product.description && html`<p class="description">${product.description}</p>`}
    ${benefits(product)}
    ${choices(view, prices)}
    ${totals(checkout)}
  </section>`;
}
