/** Fields with a fixed set of values, which a later version of Polar may add to. Never a status. */
const OPEN_ENUMS = [
  "billing_reason",
  "customer_cancellation_reason",
  "payment_processor",
  "reason",
  "visibility",
];

/** A webhook type that nobody knows. */
export const UNKNOWN_TYPE = "mystery.happened";

/** The data with a field that nobody knows. */
export function withUnknownField(data: object): object {
  return { ...data, from_the_future: { of: "a later version" } };
}

/** The data with a value that nobody knows in each of its known fields that may have new ones. */
export function withUnknownEnum(data: object): object {
  const present = OPEN_ENUMS.filter((field) => field in data);
  return { ...data, ...Object.fromEntries(present.map((field) => [field, "from_the_future"])) };
}
