import { refined } from "../http/refined.ts";
import {
  defined,
  dictionary,
  integer,
  nullish,
  number,
  object,
  optional,
  type Schema,
  string,
} from "../http/schema.ts";

const MOST_DECIMALS = 12;
/** Of 17 digits in all. */
const MOST_WHOLE_DIGITS = 5;

function hasTooManyDecimals(amount: number): boolean {
  const [digits = "", power = "0"] = String(amount).split("e");
  return (digits.split(".")[1]?.length ?? 0) - Number(power) > MOST_DECIMALS;
}

function digitsProblem(amount: number): string | null {
  if (hasTooManyDecimals(amount))
    return `Decimal input should have no more than ${MOST_DECIMALS} decimal places`;
  return Math.abs(amount) >= 10 ** MOST_WHOLE_DIGITS
    ? `Decimal input should have no more than ${MOST_WHOLE_DIGITS} digits before the decimal point`
    : null;
}

const cost = object({
  amount: refined(number(), digitsProblem, (amount) =>
    hasTooManyDecimals(amount) ? "decimal_max_places" : "decimal_whole_digits",
  ),
  currency: string({ pattern: /usd/ }),
});

const llm = object({
  vendor: string(),
  model: string(),
  prompt: nullish(string()),
  response: nullish(string()),
  input_tokens: integer(),
  cached_input_tokens: optional(integer()),
  output_tokens: integer(),
  total_tokens: integer(),
});

const text = string({ min: 1, max: 500 });

/** A scalar, kept as it was sent. */
const scalar: Schema<unknown> = {
  read(value, loc, issues) {
    if (typeof value !== "number" && typeof value !== "boolean")
      text.read(value, [...loc, "str"], issues);
    return value;
  },
};

/** Metadata of events: scalars, and what Polar knows of the costs of a call and of a language model. */
export const eventMetadata = dictionary((value, loc, issues) =>
  Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const at = [...loc, key];
      if (key === "_cost") return [key, defined(cost.read(each, at, issues))];
      if (key === "_llm") return [key, defined(llm.read(each, at, issues))];
      return [key, scalar.read(each, at, issues)];
    }),
  ),
);
