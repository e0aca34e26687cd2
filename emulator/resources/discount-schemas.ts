import { refined } from "../http/refined.ts";
import {
  array,
  instant,
  integer,
  isRecord,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  type Schema,
  string,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";

const LARGEST_AMOUNT = 999_999_999_999;
const duration = oneOf("once", "forever", "repeating");
const currency = oneOf("usd");
const amount = integer({ min: 0, max: LARGEST_AMOUNT });
const basisPoints = integer({ min: 1, max: 10_000 });
const months = integer({ min: 1, max: 999 });
const name = string({ min: 1 });

/** Letters and digits, in any case; an empty one is none. */
const code: Schema<string | null> = refined(
  { read: (value, loc, issues) => string().read(value, loc, issues) || null },
  (text) => {
    if (text === null) return null;
    if (!/^[\p{L}\p{N}]+$/u.test(text)) return "Code must contain only alphanumeric characters.";
    return text.length < 3 || text.length > 256
      ? "Code must be between 3 and 256 characters long."
      : null;
  },
);

/** Amounts by currency; only that of the emulated organization can be had. */
const amounts: Schema<Record<string, number>> = {
  read(value, loc, issues) {
    if (!isRecord(value) || Object.keys(value).length === 0) {
      issues.push({
        type: isRecord(value) ? "too_short" : "dict_type",
        loc,
        msg: isRecord(value)
          ? "Dictionary should have at least 1 item after validation, not 0"
          : "Input should be a valid dictionary",
        input: value,
      });
      return {};
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        currency.read(key, [...loc, key, "[key]"], issues),
        amount.read(each, [...loc, key], issues),
      ]),
    );
  },
};

const dates = {
  starts_at: nullish(instant()),
  ends_at: nullish(instant()),
  max_redemptions: nullish(integer({ min: 1 })),
  max_redemptions_per_customer: nullish(integer({ min: 1 })),
};

interface Dates {
  starts_at?: string | null | undefined;
  ends_at?: string | null | undefined;
}

function datesError({ starts_at, ends_at }: Dates): string | null {
  return starts_at && ends_at && starts_at >= ends_at ? "starts_at must be before ends_at" : null;
}

interface Duration extends Dates {
  duration: string;
  duration_in_months?: number | undefined;
}

function createError(wanted: Duration): string | null {
  const repeats = wanted.duration === "repeating";
  if (repeats && wanted.duration_in_months === undefined)
    return "`duration_in_months` is required when `duration` is `repeating`.";
  if (!repeats && wanted.duration_in_months !== undefined)
    return "`duration_in_months` must be omitted when `duration` is not `repeating`.";
  return datesError(wanted);
}

interface Fixed {
  amount?: number | undefined;
  amounts?: Record<string, number> | undefined;
}

function fixedError({ amount, amounts }: Fixed): string | null {
  if (amount !== undefined && amounts !== undefined)
    return "Cannot specify both `amount` and `amounts`.";
  return amount === undefined && amounts === undefined
    ? "Must specify either `amount` or `amounts`."
    : null;
}

const common = {
  name,
  code: nullish(code),
  ...dates,
  duration,
  duration_in_months: optional(months),
  products: optional(array(uuid())),
  metadata: withDefault(metadata(), {}),
};

/** A new discount: an amount or a share off. */
export const discountCreate = tagged("type", {
  fixed: refined(
    object({
      type: oneOf("fixed"),
      ...common,
      amount: optional(amount),
      currency: withDefault(currency, "usd"),
      amounts: optional(amounts),
    }),
    (wanted) => fixedError(wanted) ?? createError(wanted),
  ),
  percentage: refined(
    object({ type: oneOf("percentage"), ...common, basis_points: basisPoints }),
    createError,
  ),
});

/** Changes of a discount. */
export const discountUpdate = refined(
  object({
    name: optional(name),
    code: nullish(code),
    ...dates,
    duration: nullish(duration),
    duration_in_months: optional(months),
    type: optional(oneOf("fixed", "percentage")),
    amount: optional(amount),
    currency: optional(currency),
    amounts: optional(amounts),
    basis_points: optional(basisPoints),
    products: optional(array(uuid())),
    metadata: optional(metadata()),
  }),
  (wanted) =>
    wanted.amount !== undefined && wanted.amounts !== undefined
      ? "Cannot specify both `amount` and `amounts`."
      : datesError(wanted),
);
