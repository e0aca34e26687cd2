import { type Html, html } from "../../pages/html.ts";
import type { World } from "../../world.ts";
import { nothing } from "./text.ts";

/** Text that may be broken within an address or a name with dots. */
export function breakable(words: string): Html[] {
  return words.split(/(?<=[.@_/])/).map((part) => html`${part}<wbr>`);
}

/** A link to the page of an object. */
export function objectLink(path: string, id: string, words: string): Html {
  return html`<a href="/console/${path}/${id}">${breakable(words)}</a>`;
}

/** A link to a customer by their address. */
export function customerLink(world: World, id: string | null): Html {
  const customer = world.customers.get(id);
  return customer ? objectLink("customers", customer.id, customer.email) : nothing;
}

/** A link to a product by its name. */
export function productLink(world: World, id: string | null): Html {
  const product = world.products.get(id);
  return product ? objectLink("products", product.id, product.name) : nothing;
}

/** A link to a subscription by its product's name. */
export function subscriptionLink(world: World, id: string | null): Html {
  const subscription = world.subscriptions.get(id);
  if (!subscription) return nothing;
  const product = world.products.need(subscription.product_id);
  return objectLink("subscriptions", subscription.id, product.name);
}
