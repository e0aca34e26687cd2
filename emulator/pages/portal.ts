import { html } from "./html.ts";
import { page } from "./layout.ts";
import { webAddress } from "./links.ts";
import { notice } from "./parts/notice.ts";
import { benefits } from "./portal/benefits.ts";
import { licenseKeys } from "./portal/license-keys.ts";
import { orders } from "./portal/orders.ts";
import { paymentMethod } from "./portal/payment-method.ts";
import { subscriptions } from "./portal/subscriptions.ts";
import { usage } from "./portal/usage.ts";
import { copyKey, fillTestCard, formatCard } from "./scripts.ts";
import type { PortalPageView } from "./views.ts";

/** The customer portal: what a customer has, holds, uses, pays with and was charged for. */
export function portalPage(view: PortalPageView): string {
  const { nonce, organizationName, customer } = view;
  const back = webAddress(view.returnUrl);
  return page({
    title: `${view.error || view.refusal ? "Error: " : ""}Your billing · ${organizationName}`,
    nonce,
    organizationName,
    aside: back ? html`<a class="back" href="${back}">Back to ${organizationName}</a>` : null,
    scripts: [formatCard, fillTestCard, copyKey],
    body: html`<div class="portal">
      <div class="portal-head">
        <h1>Your billing</h1>
        <p>${customer.email ?? customer.name}</p>
      </div>
      ${view.refusal && notice("bad", view.refusal)}
      ${view.notice && notice("good", view.notice, !view.error)}
      ${subscriptions(view)}
      ${benefits(view)}
      ${licenseKeys(view)}
      ${usage(view.meters)}
      ${paymentMethod(view)}
      ${orders(view)}
    </div>`,
  });
}
