import {
  type CatalogProduct,
  catalogProducts,
  featureLabels,
  meter,
  packs,
  planOf,
  plans,
} from "../catalog";

/** A benefit as the catalog wants it at Polar. */
export type DesiredBenefit =
  | { key: string; type: "feature_flag"; description: string }
  | { key: string; type: "meter_credit"; description: string; units: number; rollover: boolean };

/** A product as the catalog wants it at Polar. `amount` in minor units; `unitAmount` likewise, as a decimal. */
export type DesiredProduct = {
  key: string;
  name: string;
  description: string;
  amount: number;
  unitAmount: string | null;
  interval: "month" | "year" | null;
  meterInterval: "month" | null;
  trialDays: number;
  benefits: readonly string[];
};

const creditsKey = (holder: string) => `credits-${holder}`;

/** The benefits that the catalog's plans and packs give, by key. A feature's key is the feature itself. */
export function desiredBenefits(): DesiredBenefit[] {
  const flags = Object.entries(featureLabels).map(
    ([key, description]): DesiredBenefit => ({ key, type: "feature_flag", description }),
  );
  const allowances = plans
    .filter((plan) => plan.products)
    .map(
      (plan): DesiredBenefit => ({
        key: creditsKey(plan.key),
        type: "meter_credit",
        description: `${plan.monthlyUnits.toLocaleString("en-US")} ${meter.name} a month`,
        units: plan.monthlyUnits,
        rollover: false,
      }),
    );
  const extra = packs.map(
    (pack): DesiredBenefit => ({
      key: creditsKey(pack.product),
      type: "meter_credit",
      description: pack.name,
      units: pack.units,
      rollover: true,
    }),
  );
  return [...flags, ...allowances, ...extra];
}

function desiredProduct(product: CatalogProduct): DesiredProduct {
  const plan = product.plan ? planOf(product.plan) : null;
  return {
    key: product.key,
    name: product.name,
    description: product.description,
    amount: product.amount,
    unitAmount: plan?.overage ? String(plan.overage.amount / plan.overage.units) : null,
    interval: product.interval,
    // A yearly plan would otherwise be credited once a year.
    meterInterval: product.interval === "year" ? "month" : null,
    trialDays: plan?.trialDays ?? 0,
    benefits: plan ? [...plan.features, creditsKey(plan.key)] : [creditsKey(product.key)],
  };
}

/** The products that the catalog sells. */
export function desiredProducts(): DesiredProduct[] {
  return catalogProducts.map(desiredProduct);
}

/** The meter's name, the event that it counts and the field that it sums up. */
export const desiredMeter = meter;
