import type { models } from "@polar-sh/sdk/2026-10";
import { humanDate } from "../time.ts";
import { cardFields, field, testCards } from "./card-fields.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { messagePage } from "./message.ts";
import { money, period, unitPrice } from "./money.ts";
import type { CheckoutPageView } from "./views.ts";

const COUNTRIES = [
  "AT",
  "AU",
  "BR",
  "CA",
  "CH",
  "DE",
  "ES",
  "FR",
  "GB",
  "IN",
  "IT",
  "JP",
  "NL",
  "SE",
  "US",
];

function every(product: models.CheckoutProduct): string {
  return product.recurring_interval
    ? ` per ${period(product.recurring_interval, product.recurring_interval_count ?? 1)}`
    : "";
}

function metered(product: models.CheckoutProduct): Html[] {
  return product.prices.flatMap((price) =>
    "unit_amount" in price && price.unit_amount
      ? [
          html`<li>Beyond what is included: ${unitPrice(String(price.unit_amount), price.price_currency)} a unit</li>`,
        ]
      : [],
  );
}

function dueToday(checkout: models.Checkout): string {
  return money(checkout.trial_end ? 0 : checkout.total_amount, checkout.currency);
}

function about({ checkout }: CheckoutPageView, product: models.CheckoutProduct): Html {
  const price = money(checkout.amount, checkout.currency);
  const trial = checkout.active_trial_interval;
  return html`<section class="stack about" aria-label="What you buy">
<div class="tight"><h1>${product.name}</h1>
${product.description && html`<p class="quiet">${product.description}</p>`}</div>
<p class="price">${price}<small>${every(product)}</small></p>
${
  trial &&
  checkout.trial_end &&
  html`<p><strong>${period(trial, checkout.active_trial_interval_count ?? 1)} free</strong>, then ${price}${every(product)} from ${humanDate(checkout.trial_end)} on. Cancel before then and pay nothing.</p>`
}
<ul class="benefits tight">${product.benefits.map((benefit) => html`<li>${benefit.description}</li>`)}
${metered(product)}</ul>
<p class="row due"><strong>Due today</strong><strong>${dueToday(checkout)}</strong></p>
</section>`;
}

function chooser({ checkout }: CheckoutPageView): Html | null {
  if (checkout.products.length < 2) return null;
  return html`<form method="post" class="panel">
<fieldset><legend>Choose a product</legend>
${checkout.products.map(
  (product) => html`<label><input type="radio" name="product_id" value="${product.id}"
${product.id === checkout.product_id && html`checked`}> ${product.name}</label>`,
)}
</fieldset>
<p><button class="plain" name="action" value="choose_product">Change</button></p>
</form>`;
}

function submitLabel(checkout: models.Checkout, product: models.CheckoutProduct): string {
  if (checkout.trial_end) return "Start trial";
  if (product.recurring_interval) return `Subscribe for ${dueToday(checkout)}`;
  return checkout.is_payment_required ? `Pay ${dueToday(checkout)}` : "Get it";
}

function countryField(selected: string, error: string | undefined): Html {
  const names = new Intl.DisplayNames("en", { type: "region" });
  const codes = COUNTRIES.includes(selected) ? COUNTRIES : [selected, ...COUNTRIES];
  return html`<div><label for="country">Country</label>
<select id="country" name="country" autocomplete="country">
${codes.map((code) => html`<option value="${code}" ${code === selected && html`selected`}>${names.of(code) ?? code}</option>`)}
</select>${error && html`<p class="error">${error}</p>`}</div>`;
}

function form(view: CheckoutPageView, product: models.CheckoutProduct): Html {
  const { checkout, values, fieldErrors, emailLocked } = view;
  return html`<section class="stack">
${view.error && html`<p class="alert" role="alert">${view.error}</p>`}
${chooser(view)}
<form method="post" class="panel stack">
<h2>Your details</h2>
${
  emailLocked
    ? html`<p><span class="label">E-mail</span> ${values.email}</p>`
    : field({
        name: "customer_email",
        label: "E-mail",
        type: "email",
        value: values.email,
        error: fieldErrors.customer_email,
        autocomplete: "email",
      })
}
${field({
  name: "customer_name",
  label: checkout.is_payment_form_required ? "Name on card" : "Name",
  value: values.name,
  error: fieldErrors.customer_name,
  autocomplete: "name",
})}
${countryField(values.country, fieldErrors.country)}
${
  checkout.is_payment_form_required &&
  html`${cardFields(values.cardNumber, fieldErrors)}${testCards(view.nonce)}`
}
<button class="wide">${submitLabel(checkout, product)}</button>
${product.recurring_interval && html`<p class="small quiet">It renews until you cancel, which you can do at any time.</p>`}
</form>
${checkout.return_url && html`<p><a href="${checkout.return_url}">Back</a></p>`}
</section>`;
}

function openPage(view: CheckoutPageView, product: models.CheckoutProduct): string {
  return layout({
    title: `Checkout: ${product.name}`,
    heading: view.organizationName,
    body: html`<main class="columns">${about(view, product)}${form(view, product)}</main>`,
  });
}

function confirmationPage(view: CheckoutPageView, product: models.CheckoutProduct): string {
  return layout({
    title: "Confirm this payment",
    heading: "Your bank (a test)",
    body: html`<main class="narrow"><form method="post" class="panel stack">
<h1>Confirm this payment</h1>
<p>${view.organizationName} asks for ${dueToday(view.checkout)}${view.checkout.trial_end && " today, and to charge this card later,"} for ${product.name}.</p>
<button class="wide" name="action" value="authenticate">Approve payment</button>
<button class="wide danger" name="action" value="fail_authentication">Reject payment</button>
</form></main>`,
  });
}

function processingPage(view: CheckoutPageView): string {
  const path = new URL(view.checkout.url).pathname;
  return layout({
    title: "Processing your payment",
    heading: view.organizationName,
    head: html`<noscript><meta http-equiv="refresh" content="2"></noscript>`,
    body: html`<main class="narrow"><section class="panel stack" aria-live="polite">
<div class="spinner" role="presentation"></div>
<h1>Processing your payment…</h1>
<p class="quiet">This takes a moment. You are taken back when it is done.</p>
</section></main>
<script nonce="${view.nonce}">
async function look() {
  try {
    const answer = await (await fetch("${path}/status")).json();
    if (answer.done) return location.replace(answer.redirect);
  } catch {}
  setTimeout(look, 250);
}
look();
</script>`,
  });
}

/** The hosted checkout, as its checkout stands. */
export function checkoutPage(view: CheckoutPageView): string {
  const { checkout } = view;
  const { product } = checkout;
  if (checkout.status === "expired" || checkout.status === "failed" || !product)
    return messagePage({
      title: "This checkout is over",
      text: "It was not used in time. Start again from where you came from.",
      link: checkout.return_url ? { href: checkout.return_url, label: "Back" } : null,
    });
  if (checkout.status === "succeeded")
    return messagePage({
      title: "Thank you",
      text: `${product.name} is yours.`,
      link: checkout.success_url.startsWith(checkout.url)
        ? null
        : { href: checkout.success_url, label: "Continue" },
    });
  if (checkout.status === "confirmed")
    return view.requiresAction ? confirmationPage(view, product) : processingPage(view);
  return openPage(view, product);
}
