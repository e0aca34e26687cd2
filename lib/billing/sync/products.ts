import type { models } from "@/lib/polar";
import { currency } from "../catalog";
import { catalogKeyField } from "../catalog-key";
import type { DesiredProduct } from "./desired";

type NewPrice = models.ProductPriceFixedCreate | models.ProductPriceMeteredUnitCreate;

function newPrices(product: DesiredProduct, meterId: string): NewPrice[] {
  const fixed: NewPrice = {
    amount_type: "fixed",
    price_amount: product.amount,
    price_currency: currency,
  };
  if (!product.unitAmount) return [fixed];
  return [
    fixed,
    {
      amount_type: "metered_unit",
      meter_id: meterId,
      unit_amount: product.unitAmount,
      price_currency: currency,
    },
  ];
}

function matches(price: models.Product["prices"][number], wanted: NewPrice): boolean {
  if (price.is_archived) return false;
  if (price.amount_type === "fixed" && wanted.amount_type === "fixed")
    return price.price_amount === wanted.price_amount;
  return (
    price.amount_type === "metered_unit" &&
    wanted.amount_type === "metered_unit" &&
    price.meter_id === wanted.meter_id &&
    Number(price.unit_amount) === Number(wanted.unit_amount)
  );
}

/** The request that makes a product as the catalog wants it. */
export function productCreation(product: DesiredProduct, meterId: string): models.ProductCreate {
  const about = {
    name: product.name,
    description: product.description,
    metadata: { [catalogKeyField]: product.key },
    prices: newPrices(product, meterId),
  };
  if (!product.interval) return about;
  return {
    ...about,
    recurring_interval: product.interval,
    ...(product.meterInterval
      ? { meter_interval: product.meterInterval, meter_interval_count: 1 }
      : {}),
    ...(product.trialDays
      ? { trial_interval: "day" as const, trial_interval_count: product.trialDays }
      : {}),
  };
}

/**
 * What Polar's product lacks: the request that mends it, and what it changes in words; null when nothing.
 * Prices that are right are kept by id, so that nobody's subscription moves to a copy.
 *
 * @throws when its interval differs: Polar cannot change that, the product needs a new key.
 */
export function productUpdate(
  remote: models.Product,
  product: DesiredProduct,
  meterId: string,
): { body: models.ProductUpdate; changes: string[] } | null {
  if (
    remote.recurring_interval !== product.interval ||
    (remote.meter_interval ?? null) !== product.meterInterval
  ) {
    throw new Error(
      `Polar's ${product.key} has another billing interval, which cannot be changed: give the product a new key.`,
    );
  }
  const body: models.ProductUpdate = {};
  const changes: string[] = [];
  if (remote.name !== product.name) {
    body.name = product.name;
    changes.push("name");
  }
  if (remote.description !== product.description) {
    body.description = product.description;
    changes.push("description");
  }
  if (product.interval && (remote.trial_interval_count ?? 0) !== product.trialDays) {
    body.trial_interval = product.trialDays ? "day" : null;
    body.trial_interval_count = product.trialDays || null;
    changes.push("trial");
  }
  if (remote.is_archived) {
    body.is_archived = false;
    changes.push("unarchive");
  }
  const wanted = newPrices(product, meterId);
  const current = remote.prices.filter((price) => !price.is_archived);
  if (
    current.length !== wanted.length ||
    wanted.some((price) => !current.some((found) => matches(found, price)))
  ) {
    body.prices = wanted.map((price) => {
      const found = current.find((candidate) => matches(candidate, price));
      return found ? { id: found.id } : price;
    });
    changes.push("prices");
  }
  return changes.length > 0 ? { body, changes } : null;
}
