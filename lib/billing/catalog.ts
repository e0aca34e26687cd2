/**
 * The plans: what is sold, for how much, and what it gives. Whoever forks the template starts here.
 * `npm run polar:sync` makes Polar hold the same. All amounts are in minor units (cents) of `currency`.
 * This file is plain data and runs in the browser too: it must hold no secret.
 */

export const currency = "usd";

export type PlanKey = "free" | "pro" | "business";
export type Interval = "month" | "year";
export type Feature = "custom_qr";
export type ProductKey =
  | "pro-monthly"
  | "pro-yearly"
  | "business-monthly"
  | "business-yearly"
  | "pack-1000";

/** What one unit of usage is called. */
export const unitName = { one: "code", many: "codes" } as const;

export const featureLabels: Record<Feature, string> = { custom_qr: "SVG and colors" };

/** The one meter: how Polar counts the events that `track()` sends. */
export const meter = {
  key: "qr-codes",
  name: "QR codes",
  event: "qr_code.generated",
  /** The event's metadata field that is summed up. */
  property: "units",
} as const;

export type Plan = {
  key: PlanKey;
  name: string;
  tagline: string;
  /** Units that a month includes. */
  monthlyUnits: number;
  features: readonly Feature[];
  highlights: readonly string[];
  trialDays: number;
  /** Calls of the API that a workspace has in a minute, over all its keys. */
  requestsPerMinute: number;
  /** What each further `units` cost, in minor units; null where use stops at the allowance. */
  overage: { units: number; amount: number } | null;
  products: Record<Interval, ProductKey> | null;
};

export const plans: readonly Plan[] = [
  {
    key: "free",
    name: "Free",
    tagline: "For trying things out",
    monthlyUnits: 50,
    features: [],
    highlights: ["50 codes a month", "PNG download"],
    trialDays: 0,
    requestsPerMinute: 60,
    overage: null,
    products: null,
  },
  {
    key: "pro",
    name: "Pro",
    tagline: "For people who print and publish",
    monthlyUnits: 5_000,
    features: ["custom_qr"],
    highlights: ["5,000 codes a month", "SVG and colors", "Then $2 per 1,000 codes"],
    trialDays: 14,
    requestsPerMinute: 600,
    overage: { units: 1_000, amount: 200 },
    products: { month: "pro-monthly", year: "pro-yearly" },
  },
  {
    key: "business",
    name: "Business",
    tagline: "For products that make codes all day",
    monthlyUnits: 50_000,
    features: ["custom_qr"],
    highlights: ["50,000 codes a month", "SVG and colors", "Then $2 per 1,000 codes"],
    trialDays: 0,
    requestsPerMinute: 1_200,
    overage: { units: 1_000, amount: 200 },
    products: { month: "business-monthly", year: "business-yearly" },
  },
];

export type Pack = { product: ProductKey; name: string; units: number };

export const packs: readonly Pack[] = [
  { product: "pack-1000", name: "Pack of 1,000 codes", units: 1_000 },
];

export type CatalogProduct = {
  key: ProductKey;
  name: string;
  description: string;
  /** The price without tax, in minor units. */
  amount: number;
  plan: PlanKey | null;
  interval: Interval | null;
};

export const catalogProducts: readonly CatalogProduct[] = [
  {
    key: "pro-monthly",
    name: "Pro",
    description: "5,000 codes a month, SVG and colors.",
    amount: 1_900,
    plan: "pro",
    interval: "month",
  },
  {
    key: "pro-yearly",
    name: "Pro (yearly)",
    description: "5,000 codes a month, SVG and colors, paid by the year.",
    amount: 19_000,
    plan: "pro",
    interval: "year",
  },
  {
    key: "business-monthly",
    name: "Business",
    description: "50,000 codes a month, SVG and colors.",
    amount: 7_900,
    plan: "business",
    interval: "month",
  },
  {
    key: "business-yearly",
    name: "Business (yearly)",
    description: "50,000 codes a month, SVG and colors, paid by the year.",
    amount: 79_000,
    plan: "business",
    interval: "year",
  },
  {
    key: "pack-1000",
    name: "Pack of 1,000 codes",
    description: "1,000 codes on top of any plan; they do not expire.",
    amount: 1_000,
    plan: null,
    interval: null,
  },
];

const productsByKey = new Map<string, CatalogProduct>(
  catalogProducts.map((product) => [product.key, product]),
);
const plansByKey = new Map<string, Plan>(plans.map((plan) => [plan.key, plan]));

/** The catalog's product of this key; undefined for a key that it does not know. */
export function findProduct(key: string | null | undefined): CatalogProduct | undefined {
  return key ? productsByKey.get(key) : undefined;
}

/** The plan of this key. */
export function planOf(key: PlanKey): Plan {
  const plan = plansByKey.get(key);
  if (!plan) throw new Error(`The catalog has no plan ${key}.`);
  return plan;
}
