import { bankConfirmation, processing } from "./checkout/confirmation.ts";
import { checkoutForm } from "./checkout/form.ts";
import { productChoice } from "./checkout/product-choice.ts";
import { summary } from "./checkout/summary.ts";
import { html } from "./html.ts";
import { page } from "./layout.ts";
import { webAddress } from "./links.ts";
import { messagePage } from "./message.ts";
import { awaitPayment, fillTestCard, formatCard, refreshOffer } from "./scripts.ts";
import type { CheckoutPageView } from "./views.ts";

function openPage(view: CheckoutPageView): string {
  const { checkout, nonce, organizationName } = view;
  const product = checkout.product ?? checkout.products[0];
  if (!product) {
    return messagePage({ title: "Nothing to buy", text: "This checkout has no product." });
  }
  const failed = view.error !== null || Object.keys(view.fieldErrors).length > 0;
  const back = webAddress(checkout.return_url);
  return page({
    title: `${failed ? "Error: " : ""}${product.name} · ${organizationName}`,
    nonce,
    organizationName,
    aside: back ? html`<a class="back" href="${back}">Back</a>` : null,
    scripts: [formatCard, fillTestCard, refreshOffer],
    body: html`<div class="checkout">
      <div class="offer">${productChoice(checkout, product)}${summary(view, product)}</div>
      <div class="panel">${checkoutForm(view, product)}</div>
    </div>`,
  });
}

function confirmedPage({
  checkout,
  nonce,
  organizationName,
  requiresAction,
}: CheckoutPageView): string {
  if (requiresAction) {
    return page({
      title: `Confirm this payment · ${organizationName}`,
      nonce,
      organizationName,
      body: bankConfirmation(checkout, organizationName),
    });
  }
  return page({
    title: `Processing your payment · ${organizationName}`,
    nonce,
    organizationName,
    head: html`<noscript><meta http-equiv="refresh" content="2"></noscript>`,
    scripts: [awaitPayment],
    body: processing(),
  });
}

function endedPage({ checkout, organizationName }: CheckoutPageView): string {
  const back = webAddress(checkout.return_url);
  const link = back ? { href: back, label: `Back to ${organizationName}` } : undefined;
  return checkout.status === "failed"
    ? messagePage({
        title: "Payment failed",
        text: "Nothing was charged. Start again to buy it after all.",
        link,
        organizationName,
      })
    : messagePage({
        title: "This checkout has expired",
        text: "Nothing was charged. Start again to get a fresh one.",
        link,
        organizationName,
      });
}

/** The hosted checkout, in whichever state it is. */
export function checkoutPage(view: CheckoutPageView): string {
  const { checkout, organizationName } = view;
  if (checkout.status === "open") return openPage(view);
  if (checkout.status === "confirmed") return confirmedPage(view);
  if (checkout.status !== "succeeded") return endedPage(view);
  const href = webAddress(checkout.success_url);
  return messagePage({
    title: "Thank you",
    text: checkout.product ? `${checkout.product.name} is yours.` : "Your order is complete.",
    organizationName,
    link: href ? { href, label: `Continue to ${organizationName}` } : undefined,
  });
}
