import {
  customPrice,
  isStatic,
  LARGEST_CHARGE,
  SMALLEST_CHARGE,
  seatPrice,
} from "../engine/prices.ts";
import { invalidValue, notEmulated } from "../http/errors.ts";
import { refined } from "../http/refined.ts";
import {
  array,
  integer,
  isRecord,
  nullish,
  object,
  oneOf,
  type Schema,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import type { PriceDoc, SeatTier } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Cents a unit: a number or a decimal as text, kept with Polar's twelve places. */
const unitAmount: Schema<string> = {
  read(value, loc, issues) {
    const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
    const parts = /^(\d{1,5})(?:\.(\d{1,12}))?$/.exec(text);
    if (!parts || Number(text) <= 0) {
      issues.push({
        type: "decimal_parsing",
        loc,
        msg: "Input should be a valid decimal greater than 0",
        input: value,
      });
      return "0";
    }
    return `${parts[1]}.${(parts[2] ?? "").padEnd(12, "0")}`;
  },
};

/** Cents that a card can be charged, or nothing at all. */
const chargeable = refined(
  integer({ min: 0 }),
  (amount) =>
    amount > 0 && amount < SMALLEST_CHARGE
      ? "Amount must be at least $0.50 or 0 for free pricing"
      : amount > LARGEST_CHARGE
        ? "Amount must be at most $999,999.99"
        : null,
  (amount) => (amount < SMALLEST_CHARGE ? "minimum_price" : "maximum_price"),
);

const common = {
  price_currency: withDefault(oneOf("usd"), "usd"),
  tax_behavior: nullish(oneOf("location", "inclusive", "exclusive")),
};

const tier = object({
  min_seats: integer({ min: 1 }),
  max_seats: nullish(integer({ min: 1 })),
  price_per_seat: integer({ min: 0 }),
});

/** What is wrong with tiers, lowest first: they must follow each other without gap or end but the last. */
function tiersError(tiers: readonly SeatTier[]): string | null {
  for (const [index, { min_seats, max_seats }] of tiers.entries()) {
    if (max_seats !== null && max_seats < min_seats)
      return `maximum_seats must be >= minimum_seats, got ${max_seats} < ${min_seats}`;
    const next = tiers[index + 1];
    if (!next) continue;
    if (max_seats === null) return "Only the last tier can have unlimited max_seats (None)";
    if (next.min_seats !== max_seats + 1)
      return `Gap or overlap between tiers: tier ends at ${max_seats}, next tier starts at ${next.min_seats}`;
  }
  return null;
}

const sorted: Schema<SeatTier[]> = {
  read: (value, loc, issues) =>
    array(tier, { min: 1 })
      .read(value, loc, issues)
      .map((each) => ({ ...each, max_seats: each.max_seats ?? null }))
      .sort((a, b) => a.min_seats - b.min_seats),
};

const newPrice = tagged("amount_type", {
  fixed: object({ amount_type: oneOf("fixed"), ...common, price_amount: chargeable }),
  free: object({ amount_type: oneOf("free"), ...common }),
  custom: object({
    amount_type: oneOf("custom"),
    ...common,
    minimum_amount: withDefault(chargeable, SMALLEST_CHARGE),
    maximum_amount: nullish(chargeable),
    preset_amount: nullish(chargeable),
  }),
  seat_based: object({
    amount_type: oneOf("seat_based"),
    ...common,
    seat_tiers: object({
      seat_tier_type: withDefault(oneOf("volume", "graduated"), "volume"),
      tiers: refined(sorted, tiersError),
    }),
  }),
  metered_unit: object({
    amount_type: oneOf("metered_unit"),
    ...common,
    meter_id: uuid(),
    unit_amount: unitAmount,
    cap_amount: nullish(integer({ min: 0 })),
  }),
});
type NewPrice = ReturnType<typeof newPrice.read>;

const keptPrice = object({ id: uuid() });

/** The prices of a product to be made. */
export const newPrices = array(newPrice, { min: 1 });

/** The prices of a product to be changed: new ones, and those that stay, by id. */
export const changedPrices = array<NewPrice | { id: string }>(
  {
    read: (value, loc, issues) =>
      (isRecord(value) && "id" in value ? keptPrice : newPrice).read(value, loc, issues),
  },
  { min: 1 },
);

/** @throws ApiError 501 for types of prices that are not emulated. */
export function refuseOtherPrices(body: unknown): void {
  const prices = isRecord(body) && Array.isArray(body.prices) ? body.prices : [];
  for (const price of prices)
    if (isRecord(price) && ["unit_based", "metered_tiers"].includes(String(price.amount_type)))
      throw notEmulated(
        `prices of type ${price.amount_type}; it has fixed, custom, free, seat_based and metered_unit`,
      );
}

function makePrice(world: World, productId: string, wanted: NewPrice): PriceDoc {
  const base = {
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    product_id: productId,
    is_archived: false,
    tax_behavior: wanted.tax_behavior ?? null,
  };
  switch (wanted.amount_type) {
    case "fixed":
      return { ...base, amount_type: "fixed", price_amount: wanted.price_amount };
    case "free":
      return { ...base, amount_type: "fixed", price_amount: 0 };
    case "custom":
      return {
        ...base,
        amount_type: "custom",
        minimum_amount: wanted.minimum_amount,
        maximum_amount: wanted.maximum_amount ?? null,
        preset_amount: wanted.preset_amount ?? null,
      };
    case "seat_based":
      return { ...base, amount_type: "seat_based", ...wanted.seat_tiers };
    case "metered_unit":
      return {
        ...base,
        amount_type: "metered_unit",
        meter_id: wanted.meter_id,
        unit_amount: wanted.unit_amount,
        cap_amount: wanted.cap_amount ?? null,
      };
  }
}

type Loc = (string | number)[];
const PRICES: Loc = ["body", "prices"];

function refuseSet(prices: readonly PriceDoc[], input: unknown): void {
  const refuse = (msg: string) => invalidValue(PRICES, msg, input);
  const count = (type: PriceDoc["amount_type"]) =>
    prices.filter(({ amount_type }) => amount_type === type).length;
  if (count("fixed") > 1) throw refuse("Only one fixed price is allowed.");
  if (count("seat_based") > 1) throw refuse("Only one seat-based price is allowed.");
  if (count("custom") > 1) throw refuse("Only one custom price is allowed.");
  if (customPrice(prices) && (count("fixed") > 0 || seatPrice(prices)))
    throw refuse("A custom price cannot be combined with a fixed, seat-based or unit-based price.");
  if (new Set(prices.map(({ tax_behavior }) => tax_behavior)).size > 1)
    throw refuse("All prices for the same currency must have the same tax behavior.");
}

function refuseMeters(world: World, prices: readonly PriceDoc[], isRecurring: boolean): void {
  const seen = new Set<string>();
  for (const [index, price] of prices.entries()) {
    if (isStatic(price)) continue;
    const loc = [...PRICES, index, "meter_id"];
    if (!isRecurring)
      throw invalidValue(
        [...PRICES, index],
        "Metered pricing is not supported on one-time products.",
        price.meter_id,
      );
    if (!world.meters.get(price.meter_id))
      throw invalidValue(loc, "Meter does not exist.", price.meter_id);
    if (seen.has(price.meter_id))
      throw invalidValue(loc, "Meter is already used for another price.", price.meter_id);
    seen.add(price.meter_id);
  }
}

/**
 * The prices of a product, where `wanted` names `existing` ones by their ids and describes new ones.
 *
 * @throws ApiError 422 for prices that do not go together, or whose meter is missing.
 */
export function priceSet(
  world: World,
  product: { id: string; isRecurring: boolean },
  wanted: readonly (NewPrice | { id: string })[],
  existing: readonly PriceDoc[] = [],
): PriceDoc[] {
  const prices = wanted.map((price, index) => {
    if (!("id" in price)) return makePrice(world, product.id, price);
    const found = existing.find(({ id }) => id === price.id);
    if (!found) throw invalidValue([...PRICES, index], "Price does not exist.", price.id);
    return found;
  });
  refuseMeters(world, prices, product.isRecurring);
  refuseSet(prices, wanted);
  return prices;
}
