import { isIP } from "node:net";
import { notEmulated } from "../http/errors.ts";
import { refined } from "../http/refined.ts";
import {
  array,
  boolean,
  email,
  integer,
  isRecord,
  metadata,
  nullish,
  object,
  optional,
  string,
  url,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { address } from "./address.ts";
import { presentmentCurrency } from "./currencies.ts";
import { trialFields, withTrial } from "./trial.ts";

const ipAddress = refined(
  string(),
  (text) => (isIP(text) === 0 ? "value is not a valid IPv4 or IPv6 address" : null),
  () => "ip_any_address",
);

/** A language, as BCP 47 writes it. */
const locale = refined(string(), (text) => {
  try {
    return /^[a-z]{2,3}$/i.test(new Intl.Locale(text).language)
      ? null
      : "Invalid IETF BCP 47 language tag";
  } catch {
    return "Invalid IETF BCP 47 language tag";
  }
});

const scalars = withDefault(metadata(), {});
const amount = integer({ min: 0 });
const seats = integer({ min: 1, max: 10_000 });

export const checkoutCreate = withTrial(
  object({
    products: refined(array(uuid(), { min: 1 }), (ids) =>
      new Set(ids).size === ids.length ? null : "Product IDs must be unique.",
    ),
    currency: nullish(presentmentCurrency),
    customer_id: nullish(uuid()),
    external_customer_id: nullish(string({ min: 1 })),
    customer_external_id: nullish(string({ min: 1 })),
    customer_email: nullish(email()),
    customer_name: nullish(string()),
    customer_billing_name: nullish(string()),
    customer_billing_address: nullish(address),
    customer_tax_id: nullish(string()),
    customer_ip_address: nullish(ipAddress),
    customer_metadata: scalars,
    is_business_customer: withDefault(boolean(), false),
    amount: optional(amount),
    seats: optional(seats),
    min_seats: optional(seats),
    max_seats: optional(seats),
    discount_id: optional(uuid()),
    allow_discount_codes: withDefault(boolean(), true),
    require_billing_address: withDefault(boolean(), false),
    allow_trial: withDefault(boolean(), true),
    ...trialFields,
    success_url: nullish(url()),
    return_url: nullish(url()),
    embed_origin: nullish(string()),
    locale: nullish(locale),
    metadata: scalars,
    custom_field_data: scalars,
  }),
);

const buyerUpdate = {
  product_id: optional(uuid()),
  amount: optional(amount),
  seats: optional(seats),
  customer_email: optional(email()),
  customer_name: optional(string()),
  customer_billing_name: optional(string()),
  customer_billing_address: optional(address),
  is_business_customer: optional(boolean()),
  locale: optional(locale),
};
const ownerUpdate = {
  metadata: optional(metadata()),
  success_url: optional(url()),
  return_url: optional(url()),
  allow_trial: optional(boolean()),
  allow_discount_codes: optional(boolean()),
  discount_id: nullish(uuid()),
};
const publicFields = { ...buyerUpdate, discount_code: nullish(string()) };

export const checkoutUpdate = object({ ...buyerUpdate, ...ownerUpdate });
export const publicUpdate = object(publicFields);
export const confirmation = object({ ...publicFields, confirmation_token_id: optional(string()) });

/** @throws ApiError 501 for what is not emulated of checkouts */
export function refuseUnsupported(body: unknown): void {
  const given = isRecord(body) ? body : {};
  for (const field of ["units", "prices", "subscription_id"])
    if (given[field] !== undefined && given[field] !== null)
      throw notEmulated(`checkouts with ${field}`);
}
