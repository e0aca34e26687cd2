import { z } from "zod";

/** ISO 8601 in UTC, with as many digits of a second as are known. */
const moment = z.iso.datetime({ precision: undefined });
/** `amount` in minor units (cents) of `currency`, an ISO 4217 code in small letters. */
const money = z.strictObject({ amount: z.int(), currency: z.string() });
const text = z.string();

const use = z.strictObject({
  id: z.uuid(),
  name: text,
  units: z.int(),
  /** How many of them are charged through Polar's meter; the rest is the free plan's. */
  billable_units: z.int(),
  pack_units: z.int(),
  /** Of these what Polar is not told of, because it has lost the credit. */
  kept_units: z.int(),
  metadata: z.record(text, z.unknown()),
  /** The id of the API key that made it; null for the app itself. */
  source: text.nullable(),
  occurred_at: moment,
  /** When it was counted by Polar or, where nothing is charged, here; null while it waits. */
  settled_at: moment.nullable(),
});

const subscription = z.strictObject({
  id: text,
  customer_id: text.nullable(),
  product: text.nullable(),
  status: text,
  price: money,
  interval: text,
  started_at: moment.nullable(),
  trial_end: moment.nullable(),
  current_period_start: moment,
  current_period_end: moment.nullable(),
  cancel_at_period_end: z.boolean(),
  ends_at: moment.nullable(),
  ended_at: moment.nullable(),
  past_due_at: moment.nullable(),
  pause_at_period_end: z.boolean(),
  resumes_at: moment.nullable(),
});

const order = z.strictObject({
  id: text,
  invoice_number: text.nullable(),
  placed_at: moment,
  status: text,
  paid: z.boolean(),
  billing_reason: text,
  product: text.nullable(),
  description: text,
  net: money,
  tax: money,
  total: money,
  /** What credit paid, as a negative amount, or what was owed from before; `due` is what the card was charged. */
  applied_balance: money,
  due: money,
  refunded: money,
  refunded_tax: money,
  subscription_id: text.nullable(),
  checkout_id: text.nullable(),
});

/** The lists of an export: what one row of each holds. Empty lists are there too. */
export const exportLists = {
  linked_providers: z.strictObject({ provider: text, account_id: text, scope: text.nullable() }),
  sessions: z.strictObject({ expires_at: moment }),
  /** `key_id` stands in the key and is no secret. */
  api_keys: z.strictObject({
    key_id: text,
    name: text,
    scopes: z.array(text),
    created_at: moment,
    expires_at: moment.nullable(),
    revoked_at: moment.nullable(),
    last_used_at: moment.nullable(),
  }),
  customers: z.strictObject({ id: text, email: text.nullable() }),
  checkout_intents: z.strictObject({
    id: z.uuid(),
    product: text,
    status: text,
    checkout_id: text.nullable(),
    metadata: z.record(text, text),
    created_at: moment,
  }),
  checkouts: z.strictObject({
    id: text,
    status: text,
    product: text.nullable(),
    amount: money.nullable(),
    expires_at: moment.nullable(),
  }),
  subscriptions: subscription,
  subscription_changes: z.strictObject({
    id: z.uuid(),
    action: text,
    product: text.nullable(),
    status: text,
    outcome: text.nullable(),
    created_at: moment,
    settled_at: moment.nullable(),
  }),
  past_due_episodes: z.strictObject({
    subscription_id: text,
    since: moment,
    recovered_at: moment.nullable(),
  }),
  orders: order,
  refunds: z.strictObject({
    id: text,
    order_id: text,
    status: text,
    reason: text,
    net: money,
    tax: money,
  }),
  benefit_grants: z.strictObject({
    id: text,
    benefit: text.nullable(),
    benefit_type: text,
    is_granted: z.boolean(),
    units: z.number().nullable(),
    subscription_id: text.nullable(),
    order_id: text.nullable(),
  }),
  meters: z.strictObject({
    id: text,
    meter: text.nullable(),
    consumed_units: z.number(),
    credited_units: z.number(),
    balance: z.number(),
    read_at: moment,
  }),
  /** Mails to this person; `content` is what was filled in, and null for sign-in links. */
  emails: z.strictObject({
    id: z.uuid(),
    template: text,
    recipient: text,
    content: z.unknown(),
    created_at: moment,
    sent_at: moment.nullable(),
  }),
  /** What this person did as an admin of the app. */
  admin_actions: z.strictObject({
    id: z.int(),
    at: moment,
    email: text.nullable(),
    action: text,
    object_id: text.nullable(),
    details: z.record(text, z.unknown()),
  }),
  audit_log: z.strictObject({
    id: z.int(),
    at: moment,
    action: text,
    object_type: text,
    object_id: text,
    before: z.unknown(),
    after: z.unknown(),
  }),
  /** Uses of the last days, and those that wait to be sent to Polar. */
  usage_events: use,
  /** Earlier uses, as long as they are kept. */
  usage_archive: use,
  /** All use, summed up by hour; kept for good. */
  usage_hours: z.strictObject({
    hour: moment,
    source: text.nullable(),
    billable_units: z.int(),
    free_units: z.int(),
    pack_units: z.int(),
    kept_units: z.int(),
  }),
  /** Each period in which something was used, as it was last counted. */
  usage_periods: z.strictObject({
    started_at: moment,
    ends_at: moment.nullable(),
    plan: text,
    used_units: z.int(),
    included_units: z.int(),
    overage_units: z.int(),
  }),
  spending_caps: z.strictObject({ cap: money, updated_at: moment }),
} as const;

export type ListName = keyof typeof exportLists;
export type ExportRow<Name extends ListName> = z.infer<(typeof exportLists)[Name]>;

/** What stands before the lists. Units are the catalog's unit. */
const exportHead = z.strictObject({
  format: z.literal("northstar-account-export"),
  version: z.literal(1),
  exported_at: moment,
  user: z.strictObject({
    id: text,
    email: text,
    email_verified_at: moment.nullable(),
    name: text.nullable(),
    image: text.nullable(),
    created_at: moment,
  }),
  workspace: z.strictObject({ id: text, kind: text, role: text, created_at: moment }),
  entitlement: z.strictObject({
    plan: text,
    status: text,
    features: z.array(text),
    monthly_units: z.number(),
    extra_units: z.number(),
    current_period_end: moment.nullable(),
    read_only: z.boolean(),
  }),
});

export type ExportHead = z.infer<typeof exportHead>;

/**
 * The file that a person gets of their account: everything that is kept about them and their workspace. Names
 * stay as they are within a `version`; fields may be added to a new one.
 */
export const accountExport = z.strictObject({
  ...exportHead.shape,
  ...(Object.fromEntries(
    Object.entries(exportLists).map(([name, row]) => [name, z.array(row)]),
  ) as { [Name in ListName]: z.ZodArray<(typeof exportLists)[Name]> }),
});
