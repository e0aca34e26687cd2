import type { models } from "@polar-sh/sdk/2026-10";
import { readCard } from "../engine/cards.ts";
import { confirmCheckout, emitCheckout, updateCheckout } from "../engine/checkout.ts";
import { chosen, priced, requireBounds } from "../engine/checkout-amounts.ts";
import { changed, requireForSale } from "../engine/checkout-change.ts";
import { discountOfId, refuseUsedUp } from "../engine/checkout-discount.ts";
import { customerByExternalId } from "../engine/customers.ts";
import { seatPrice } from "../engine/prices.ts";
import { readTaxId } from "../engine/tax-ids.ts";
import { invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { type Call, created, type Routes } from "../http/router.ts";
import { defined, parse, string, uuid } from "../http/schema.ts";
import { newId, newToken } from "../ids.ts";
import { serializeCheckout } from "../serializers/checkout.ts";
import { currentPrices } from "../serializers/product.ts";
import type { CardDoc, CheckoutDoc } from "../store/documents.ts";
import { addDays } from "../time.ts";
import type { World } from "../world.ts";
import {
  checkoutCreate,
  checkoutUpdate,
  confirmation,
  publicUpdate,
  refuseUnsupported,
} from "./checkout-schemas.ts";
import { checkoutStatus } from "./enums.ts";

function create({ world, body }: Call) {
  refuseUnsupported(body);
  const wanted = parse(checkoutCreate, body);
  for (const [index, id] of wanted.products.entries())
    requireForSale(world, id, ["body", "products", index]);
  if (wanted.currency && wanted.currency !== "usd")
    throw invalidValue(
      ["body", "products", 0],
      "Product is not available in the specified currency.",
      wanted.products[0],
    );
  const taxId = wanted.customer_tax_id
    ? readTaxId(wanted.customer_tax_id, wanted.customer_billing_address?.country, "customer_")
    : null;
  const externalId = wanted.external_customer_id ?? wanted.customer_external_id ?? null;
  const named = wanted.customer_id ? world.customers.get(wanted.customer_id) : undefined;
  if (wanted.customer_id && (!named || named.deleted_at))
    throw invalidValue(["body", "customer_id"], "Customer does not exist.", wanted.customer_id);
  const customer = named ?? (externalId ? customerByExternalId(world, externalId) : undefined);
  const at = world.clock.tick();
  const secret = newToken("polar_c_");
  const blank: CheckoutDoc = {
    id: newId(),
    created_at: at,
    modified_at: null,
    status: "open",
    client_secret: secret,
    expires_at: addDays(at, 1),
    success_url: null,
    return_url: wanted.return_url ?? null,
    embed_origin: wanted.embed_origin ?? null,
    product_ids: wanted.products,
    product_id: wanted.products[0] ?? "",
    allow_trial: wanted.allow_trial,
    allow_discount_codes: wanted.allow_discount_codes,
    require_billing_address: wanted.require_billing_address,
    trial_interval: wanted.trial_interval ?? null,
    trial_interval_count: wanted.trial_interval_count ?? null,
    customer_id: customer?.id ?? null,
    external_customer_id: customer?.external_id ?? externalId,
    is_business_customer: wanted.is_business_customer,
    customer_name: wanted.customer_name ?? customer?.name ?? null,
    customer_email: customer?.email ?? wanted.customer_email ?? null,
    customer_ip_address: wanted.customer_ip_address ?? null,
    customer_billing_name: wanted.customer_billing_name ?? customer?.billing_name ?? null,
    customer_billing_address: wanted.customer_billing_address ?? customer?.billing_address ?? null,
    customer_tax_id: taxId?.[0] ?? null,
    customer_metadata: wanted.customer_metadata,
    locale: wanted.locale ?? null,
    metadata: wanted.metadata,
    custom_field_data: wanted.custom_field_data,
    subscription_id: null,
    card: null,
    requires_action: false,
    payment_error: null,
    intent: null,
    success_event_ids: [],
    price_ids: [],
    amount: 0,
    discount_id: null,
    discount_amount: 0,
    net_amount: 0,
    tax_amount: null,
    tax_behavior: null,
    seats: null,
    min_seats: wanted.min_seats ?? null,
    max_seats: wanted.max_seats ?? null,
  };
  requireBounds(seatPrice(currentPrices(world.products.need(blank.product_id))), blank);
  const checkout: CheckoutDoc = {
    ...blank,
    ...chosen(world, blank, { amount: wanted.amount, seats: wanted.seats }),
    success_url: wanted.success_url?.replaceAll("{CHECKOUT_ID}", blank.id) ?? null,
  };
  const discount_id =
    wanted.discount_id === undefined ? null : discountOfId(world, checkout, wanted.discount_id);
  const made = world.checkouts.put(priced(world, { ...checkout, discount_id }));
  emitCheckout(world, "created", made);
  world.scheduler.at(made.expires_at, { kind: "checkout.expire", checkout_id: made.id });
  return created(serializeCheckout(world, made));
}

function bySecret(world: World, secret: string | undefined): CheckoutDoc {
  const [checkout] = world.checkouts.where("client_secret", secret ?? "");
  if (!checkout) throw notFound();
  return checkout;
}

function byId(world: World, id: string | undefined): CheckoutDoc {
  const checkout = world.checkouts.get(id);
  if (!checkout) throw notFound();
  return checkout;
}

/** What the one who pays may see: no metadata, no external id. */
function serializePublic(world: World, checkout: CheckoutDoc): Partial<models.Checkout> {
  const {
    metadata: _,
    customer_metadata: __,
    external_customer_id: ___,
    ...shown
  } = serializeCheckout(world, checkout);
  return shown;
}

const STRIPE_CARDS = new Map([
  ["pm_card_visa", "4242424242424242"],
  ["pm_card_visa_chargeDeclined", "4000000000000002"],
  ["pm_card_authenticationRequired", "4000002500003155"],
  ["pm_card_chargeCustomerFail", "4000000000000341"],
  ["pm_card_pendingRefund", "4000000000007726"],
  ["pm_card_refundFail", "4000000000005126"],
]);

/** The card that a confirmation token stands for: one of Stripe's test names, or a test card's number. */
export function cardOf(token: string | undefined): CardDoc | null {
  if (!token) return null;
  const read = readCard(
    { number: STRIPE_CARDS.get(token) ?? token, expiry: "12/40", cvc: "123" },
    { year: 2026, month: 1 },
  );
  if ("errors" in read)
    throw invalidValue(
      ["body", "confirmation_token_id"],
      `Unknown card: use ${[...STRIPE_CARDS.keys()].join(", ")} or a test card's number.`,
      token,
    );
  return read.card;
}

export const checkoutRoutes: Routes = {
  "GET /v1/checkouts": ({ world, query }) => {
    const found = filterBy(world.checkouts.all(), query, {
      organization_id: among(uuid(), () => world.organization.id),
      product_id: among(uuid(), ({ product_id }) => product_id),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      external_customer_id: among(string(), ({ external_customer_id }) => external_customer_id),
      status: among(checkoutStatus, ({ status }) => status),
      query: given(string(), ({ customer_email }, text) => contains(customer_email, text)),
    }).filter((checkout) => matchesMetadata(checkout.metadata, query));
    const keys = {
      created_at: (c: CheckoutDoc) => c.created_at,
      expires_at: (c: CheckoutDoc) => c.expires_at,
      status: (c: CheckoutDoc) => c.status,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (checkout) =>
      serializeCheckout(world, checkout),
    );
  },
  "POST /v1/checkouts": create,
  "GET /v1/checkouts/{id}": ({ world, params }) => serializeCheckout(world, byId(world, params.id)),
  "PATCH /v1/checkouts/{id}": ({ world, params, body }) => {
    refuseUnsupported(body);
    const changes = parse(checkoutUpdate, body);
    const checkout = byId(world, params.id);
    return serializeCheckout(
      world,
      updateCheckout(world, checkout.id, changed(world, checkout, defined(changes))),
    );
  },
};

/** What the hosted page of a checkout may call, with the checkout's secret alone. */
export const publicCheckoutRoutes: Routes = {
  "GET /v1/checkouts/client/{client_secret}": ({ world, params }) =>
    serializePublic(world, bySecret(world, params.client_secret)),
  "PATCH /v1/checkouts/client/{client_secret}": ({ world, params, body }) => {
    const change = parse(publicUpdate, body);
    const checkout = bySecret(world, params.client_secret);
    const changes = changed(world, checkout, defined(change));
    refuseUsedUp(world, { ...checkout, ...changes }, null);
    return serializePublic(world, updateCheckout(world, checkout.id, changes));
  },
  "POST /v1/checkouts/client/{client_secret}/confirm": ({ world, params, body }) => {
    const checkout = bySecret(world, params.client_secret);
    const { confirmation_token_id, ...form } = parse(confirmation, body);
    const card = cardOf(confirmation_token_id);
    const changes = changed(world, checkout, defined(form));
    return serializePublic(world, confirmCheckout(world, checkout.id, { ...changes, card }));
  },
};
