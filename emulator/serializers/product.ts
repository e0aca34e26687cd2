import type { models } from "@polar-sh/sdk/2026-10";
import { seatLimits } from "../engine/prices.ts";
import type { PriceDoc, ProductDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeBenefit, serializePublicBenefit } from "./benefit.ts";

type Price =
  | models.ProductPriceFixed
  | models.ProductPriceCustom
  | models.ProductPriceSeatBased
  | models.ProductPriceMeteredUnit;

/** A price, with the fields that Polar still adds for clients of before 2026. */
export function serializePrice(world: World, price: PriceDoc): Price {
  const product = world.products.need(price.product_id);
  const common = {
    id: price.id,
    created_at: price.created_at,
    modified_at: price.modified_at,
    source: "catalog" as const,
    price_currency: "usd",
    tax_behavior: price.tax_behavior,
    is_archived: price.is_archived,
    product_id: price.product_id,
    ...{
      type: product.recurring_interval ? "recurring" : "one_time",
      recurring_interval: product.recurring_interval,
    },
  };
  if (price.amount_type === "fixed")
    return { ...common, amount_type: "fixed", price_amount: price.price_amount };
  if (price.amount_type === "custom") {
    const { minimum_amount, maximum_amount, preset_amount } = price;
    return { ...common, amount_type: "custom", minimum_amount, maximum_amount, preset_amount };
  }
  if (price.amount_type === "seat_based") {
    const { seat_tier_type, tiers } = price;
    const { minimum, maximum } = seatLimits(price);
    return {
      ...common,
      amount_type: "seat_based",
      seat_tiers: { seat_tier_type, tiers, minimum_seats: minimum, maximum_seats: maximum },
      ...{ price_per_seat: tiers[0]?.price_per_seat ?? 0 },
    };
  }
  const meter = world.meters.need(price.meter_id);
  return {
    ...common,
    amount_type: "metered_unit",
    unit_amount: price.unit_amount,
    cap_amount: price.cap_amount,
    meter_id: price.meter_id,
    meter: {
      id: meter.id,
      name: meter.name,
      unit: meter.unit,
      custom_label: meter.custom_label ?? null,
      custom_multiplier: meter.custom_multiplier ?? null,
    },
  };
}

/** The prices that a new customer would pay. */
export function currentPrices(product: ProductDoc): PriceDoc[] {
  return product.prices.filter((price) => !price.is_archived);
}

/** A product without prices and benefits, as orders carry it. */
export function serializeProductBase(product: ProductDoc): Omit<models.OrderProduct, "metadata"> {
  return {
    id: product.id,
    created_at: product.created_at,
    modified_at: product.modified_at,
    trial_interval: product.trial_interval,
    trial_interval_count: product.trial_interval_count,
    name: product.name,
    description: product.description,
    visibility: product.visibility,
    recurring_interval: product.recurring_interval,
    recurring_interval_count: product.recurring_interval_count,
    meter_interval: product.meter_interval,
    meter_interval_count: product.meter_interval_count,
    is_recurring: product.recurring_interval !== null,
    is_archived: product.is_archived,
    organization_id: product.organization_id,
  };
}

function benefitsOf(world: World, product: ProductDoc) {
  return product.benefit_ids
    .map((id) => world.benefits.need(id))
    .filter((benefit) => !benefit.is_deleted);
}

/** What a product holds, as far as others than its seller are told. */
export function publicBenefits(world: World, product: ProductDoc): models.BenefitPublic[] {
  return benefitsOf(world, product)
    .filter(({ visibility }) => visibility === "public")
    .map(serializePublicBenefit);
}

export function serializeProduct(world: World, product: ProductDoc): models.Product {
  return {
    ...serializeProductBase(product),
    metadata: product.metadata,
    is_deletable: false,
    prices: currentPrices(product).map((price) => serializePrice(world, price)),
    benefits: benefitsOf(world, product).map(serializeBenefit),
    medias: [],
    attached_custom_fields: [],
  };
}

/** A product as a checkout shows it to the one who buys. */
export function serializeCheckoutProduct(
  world: World,
  product: ProductDoc,
): models.CheckoutProduct {
  return {
    ...serializeProductBase(product),
    prices: currentPrices(product).map((price) => serializePrice(world, price)),
    benefits: publicBenefits(world, product),
    medias: [],
  };
}
