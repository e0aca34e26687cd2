import { z } from "zod";

/**
 * What we read of Polar's objects. Deliberately loose: fields that we do not use may change, go or come,
 * and enum values that we do not know pass; a missing field that we need makes the event fail and be
 * looked at.
 */
const moment = z.string().refine((value) => !Number.isNaN(Date.parse(value)), "is not a date");
const maybeMoment = moment.nullish().transform((value) => value ?? null);
const maybeText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const metadata = z.record(z.string(), z.unknown()).catch({});
const properties = z.looseObject({}).catch({});
const base = { id: z.string().min(1), created_at: moment, modified_at: maybeMoment };
const customer = z.looseObject({ external_id: maybeText });
const keyed = z.looseObject({ metadata }).nullish();

export const customerSnapshot = z.looseObject({
  ...base,
  external_id: maybeText,
  email: maybeText,
  deleted_at: maybeMoment,
});

export const productSnapshot = z.looseObject({
  ...base,
  name: z.string(),
  is_archived: z.boolean(),
  metadata,
});

export const checkoutSnapshot = z.looseObject({
  ...base,
  status: z.string(),
  external_customer_id: maybeText,
  customer_id: maybeText,
  total_amount: z.number().nullish(),
  currency: maybeText,
  expires_at: maybeMoment,
  product: keyed,
});

export const subscriptionSnapshot = z.looseObject({
  ...base,
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  recurring_interval: z.string(),
  started_at: maybeMoment,
  trial_end: maybeMoment,
  current_period_start: moment,
  current_period_end: maybeMoment,
  current_meter_period_start: maybeMoment,
  current_meter_period_end: maybeMoment,
  cancel_at_period_end: z.boolean(),
  canceled_at: maybeMoment,
  ends_at: maybeMoment,
  ended_at: maybeMoment,
  past_due_at: maybeMoment,
  customer_id: z.string(),
  product_id: z.string(),
  customer,
  product: keyed,
  pending_update: z.looseObject({ product_id: maybeText, applies_at: maybeMoment }).nullish(),
  pause_at_period_end: z.boolean().nullish(),
  resumes_at: maybeMoment,
  discount: z
    .looseObject({
      id: z.string(),
      basis_points: z.number().nullish(),
      amount: z.number().nullish(),
      duration: z.string(),
      duration_in_months: z.number().nullish(),
    })
    .nullish(),
});

export const orderSnapshot = z.looseObject({
  ...base,
  status: z.string(),
  paid: z.boolean(),
  net_amount: z.number(),
  tax_amount: z.number(),
  total_amount: z.number(),
  refunded_amount: z.number(),
  refunded_tax_amount: z.number(),
  discount_id: maybeText,
  discount_amount: z.number(),
  applied_balance_amount: z.number(),
  due_amount: z.number(),
  currency: z.string(),
  billing_reason: z.string(),
  invoice_number: maybeText,
  customer_id: z.string(),
  product_id: maybeText,
  subscription_id: maybeText,
  checkout_id: maybeText,
  description: z.string(),
  customer,
  product: keyed,
});

/** It carries no customer, so no external id: a refund is its order's workspace's. */
export const refundSnapshot = z.looseObject({
  ...base,
  status: z.string(),
  reason: z.string(),
  amount: z.number(),
  tax_amount: z.number(),
  currency: z.string(),
  order_id: z.string(),
  subscription_id: maybeText,
  customer_id: z.string(),
  revoke_benefits: z.boolean(),
});

export const benefitGrantSnapshot = z.looseObject({
  ...base,
  is_granted: z.boolean(),
  revoked_at: maybeMoment,
  subscription_id: maybeText,
  order_id: maybeText,
  customer_id: z.string(),
  benefit_id: z.string(),
  customer,
  properties,
  benefit: z.looseObject({ type: z.string(), metadata, properties }),
});

export const customerMeterSnapshot = z.looseObject({
  ...base,
  customer_id: z.string(),
  meter_id: z.string(),
  consumed_units: z.number(),
  credited_units: z.number(),
  balance: z.number(),
  customer,
  meter: keyed,
});
