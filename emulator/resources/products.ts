import { invalidValue, notEmulated, notFound } from "../http/errors.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import { type Call, created, type Routes } from "../http/router.ts";
import {
  array,
  boolean,
  defined,
  integer,
  isRecord,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  type Schema,
  string,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { currentPrices, serializeProduct } from "../serializers/product.ts";
import type { PriceDoc, ProductDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

const LARGEST_AMOUNT = 99_999_999;
const interval = oneOf("day", "week", "month", "year");
const count = integer({ min: 1, max: 999 });

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

const currency = withDefault(oneOf("usd"), "usd");
const newPrice = tagged("amount_type", {
  fixed: object({
    amount_type: oneOf("fixed"),
    price_currency: currency,
    price_amount: integer({ min: 0, max: LARGEST_AMOUNT }),
  }),
  metered_unit: object({
    amount_type: oneOf("metered_unit"),
    price_currency: currency,
    meter_id: uuid(),
    unit_amount: unitAmount,
    cap_amount: nullish(integer({ min: 0 })),
  }),
});
type NewPrice = ReturnType<typeof newPrice.read>;

const keptPrice = object({ id: uuid() });
const anyPrice: Schema<NewPrice | { id: string }> = {
  read: (value, loc, issues) =>
    (isRecord(value) && "id" in value ? keptPrice : newPrice).read(value, loc, issues),
};

const productCreate = object({
  name: string({ min: 3, max: 64 }),
  description: nullish(string()),
  visibility: withDefault(oneOf("public", "private", "draft"), "public"),
  metadata: withDefault(metadata(), {}),
  prices: array(newPrice, { min: 1 }),
  recurring_interval: nullish(interval),
  recurring_interval_count: nullish(count),
  meter_interval: nullish(interval),
  meter_interval_count: nullish(count),
  trial_interval: nullish(interval),
  trial_interval_count: nullish(integer({ min: 1, max: 1000 })),
});

const productUpdate = object({
  name: optional(string({ min: 3, max: 64 })),
  description: nullish(string()),
  visibility: optional(oneOf("public", "private", "draft")),
  metadata: optional(metadata()),
  prices: optional(array(anyPrice, { min: 1 })),
  recurring_interval: optional(interval),
  trial_interval: nullish(interval),
  trial_interval_count: nullish(integer({ min: 1, max: 1000 })),
  is_archived: optional(boolean()),
});

const OTHER_PRICES = ["custom", "free", "seat_based", "unit_based", "metered_tiers"];

function refuseOtherPrices(body: unknown): void {
  const prices = isRecord(body) && Array.isArray(body.prices) ? body.prices : [];
  for (const price of prices)
    if (isRecord(price) && OTHER_PRICES.includes(String(price.amount_type)))
      throw notEmulated(`prices of type ${price.amount_type}; it has fixed and metered_unit`);
}

function makePrice(world: World, productId: string, wanted: NewPrice): PriceDoc {
  const common = {
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    product_id: productId,
    is_archived: false,
  };
  if (wanted.amount_type === "fixed")
    return { ...common, amount_type: "fixed", price_amount: wanted.price_amount };
  return {
    ...common,
    amount_type: "metered_unit",
    meter_id: wanted.meter_id,
    unit_amount: wanted.unit_amount,
    cap_amount: wanted.cap_amount ?? null,
  };
}

function requireMeters(
  world: World,
  prices: readonly (NewPrice | { id: string })[],
  isRecurring: boolean,
): void {
  for (const [index, price] of prices.entries()) {
    if (!("amount_type" in price) || price.amount_type !== "metered_unit") continue;
    const loc = ["body", "prices", index, "meter_id"];
    if (!world.meters.get(price.meter_id))
      throw invalidValue(loc, "Meter does not exist.", price.meter_id);
    if (!isRecurring)
      throw invalidValue(
        ["body", "prices", index],
        "Metered pricing is not supported on one-time products.",
        price,
      );
  }
}

function need(world: World, id: string | undefined): ProductDoc {
  const product = world.products.get(id);
  if (!product) throw notFound();
  return product;
}

function create({ world, body }: Call) {
  refuseOtherPrices(body);
  const wanted = parse(productCreate, body);
  const recurring = wanted.recurring_interval ?? null;
  if (wanted.meter_interval && !recurring)
    throw invalidValue(
      ["body", "meter_interval"],
      "Only recurring products have a meter interval.",
      wanted.meter_interval,
    );
  requireMeters(world, wanted.prices, recurring !== null);
  const id = newId();
  const product = world.products.put({
    id,
    created_at: world.clock.tick(),
    modified_at: null,
    name: wanted.name,
    description: wanted.description ?? null,
    visibility: wanted.visibility,
    trial_interval: wanted.trial_interval ?? null,
    trial_interval_count: wanted.trial_interval_count ?? null,
    recurring_interval: recurring,
    recurring_interval_count: recurring ? (wanted.recurring_interval_count ?? 1) : null,
    meter_interval: wanted.meter_interval ?? null,
    meter_interval_count: wanted.meter_interval ? (wanted.meter_interval_count ?? 1) : null,
    is_archived: false,
    organization_id: world.organization.id,
    metadata: wanted.metadata,
    prices: wanted.prices.map((price) => makePrice(world, id, price)),
    benefit_ids: [],
  });
  const shown = serializeProduct(world, product);
  world.emitter.emit("product.created", shown);
  return created(shown);
}

/** The prices after an update: those named by id stay, new ones are added, the rest is archived. */
function updatedPrices(
  world: World,
  product: ProductDoc,
  wanted: readonly (NewPrice | { id: string })[],
): PriceDoc[] {
  requireMeters(world, wanted, product.recurring_interval !== null);
  const kept = new Set<string>();
  const added: PriceDoc[] = [];
  for (const [index, price] of wanted.entries()) {
    if (!("id" in price)) added.push(makePrice(world, product.id, price));
    else if (currentPrices(product).some((found) => found.id === price.id)) kept.add(price.id);
    else throw invalidValue(["body", "prices", index], "Price does not exist.", price.id);
  }
  const at = world.clock.now();
  return [
    ...product.prices.map((price) =>
      kept.has(price.id) || price.is_archived
        ? price
        : { ...price, is_archived: true, modified_at: at },
    ),
    ...added,
  ];
}

function change(world: World, product: ProductDoc, changes: Partial<ProductDoc>) {
  const changed = { ...product, ...changes, modified_at: world.clock.tick() };
  const shown = serializeProduct(world, world.products.put(changed));
  world.emitter.emit("product.updated", shown);
  return shown;
}

function update({ world, params, body }: Call) {
  const product = need(world, params.id);
  refuseOtherPrices(body);
  const { prices, recurring_interval, ...changes } = parse(productUpdate, body);
  if (recurring_interval && recurring_interval !== product.recurring_interval)
    throw invalidValue(
      ["body", "recurring_interval"],
      "Recurring interval cannot be changed.",
      recurring_interval,
    );
  return change(world, product, {
    ...defined(changes),
    ...(prices ? { prices: updatedPrices(world, product, prices) } : {}),
  });
}

function updateBenefits({ world, params, body }: Call) {
  const product = need(world, params.id);
  const { benefits } = parse(object({ benefits: array(uuid()) }), body);
  for (const [index, id] of benefits.entries()) {
    const benefit = world.benefits.get(id);
    if (!benefit || benefit.is_deleted)
      throw invalidValue(["body", "benefits", index], "Benefit does not exist.", id);
  }
  const shown = change(world, product, { benefit_ids: [...new Set(benefits)] });
  for (const subscription of world.subscriptions.where("product_id", product.id))
    if (subscription.status !== "canceled")
      world.scheduler.soon({
        kind: "grants.sync",
        subscription_id: subscription.id,
        cycle: false,
      });
  return shown;
}

export const productRoutes: Routes = {
  "GET /v1/products": ({ world, query }) => {
    const flags = object({ is_archived: optional(boolean()), is_recurring: optional(boolean()) });
    const { is_archived, is_recurring } = parse(flags, query, ["query"]);
    const text = typeof query.query === "string" ? query.query.toLowerCase() : "";
    const found = filterBy(world.products.all(), query, {
      id: ({ id }) => id,
      visibility: ({ visibility }) => visibility,
    })
      .filter((product) => matchesMetadata(product.metadata, query))
      .filter((product) => is_archived === undefined || product.is_archived === is_archived)
      .filter(
        (product) =>
          is_recurring === undefined || (product.recurring_interval !== null) === is_recurring,
      )
      .filter((product) => product.name.toLowerCase().includes(text));
    const keys = {
      created_at: (p: ProductDoc) => p.created_at,
      name: (p: ProductDoc) => p.name,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (product) =>
      serializeProduct(world, product),
    );
  },
  "POST /v1/products": create,
  "GET /v1/products/{id}": ({ world, params }) => serializeProduct(world, need(world, params.id)),
  "PATCH /v1/products/{id}": update,
  "POST /v1/products/{id}/benefits": updateBenefits,
};
