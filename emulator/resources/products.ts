import { invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy, given, several } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { type Call, created, type Routes } from "../http/router.ts";
import {
  array,
  boolean,
  defined,
  integer,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  string,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { currentPrices, serializeProduct } from "../serializers/product.ts";
import type { PriceDoc, ProductDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { attachments, refuseAttached } from "./attachments.ts";
import { visibility } from "./enums.ts";
import { changedPrices, newPrices, priceSet, refuseOtherPrices } from "./prices.ts";
import { trialFields, withTrial } from "./trial.ts";

const interval = oneOf("day", "week", "month", "year");
const count = integer({ min: 1, max: 999 });

const productCreate = withTrial(
  object({
    name: string({ min: 3, max: 64 }),
    description: nullish(string()),
    visibility: withDefault(oneOf("public", "private", "draft"), "public"),
    metadata: withDefault(metadata(), {}),
    prices: newPrices,
    recurring_interval: nullish(interval),
    recurring_interval_count: nullish(count),
    meter_interval: nullish(interval),
    meter_interval_count: nullish(count),
    ...trialFields,
    ...attachments,
  }),
);

const productUpdate = withTrial(
  object({
    name: optional(string({ min: 3, max: 64 })),
    description: nullish(string()),
    visibility: optional(oneOf("public", "private", "draft")),
    metadata: optional(metadata()),
    prices: optional(changedPrices),
    recurring_interval: optional(interval),
    ...trialFields,
    ...attachments,
    is_archived: optional(boolean()),
  }),
);

function need(world: World, id: string | undefined): ProductDoc {
  const product = world.products.get(id);
  if (!product) throw notFound();
  return product;
}

function create({ world, body }: Call) {
  refuseOtherPrices(body);
  const wanted = parse(productCreate, body);
  refuseAttached(wanted);
  const recurring = wanted.recurring_interval ?? null;
  if (wanted.meter_interval && !recurring)
    throw invalidValue(
      ["body", "meter_interval"],
      "Only recurring products have a meter interval.",
      wanted.meter_interval,
    );
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
    prices: priceSet(world, { id, isRecurring: recurring !== null }, wanted.prices),
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
  wanted: Parameters<typeof priceSet>[2],
): PriceDoc[] {
  const { id, recurring_interval } = product;
  const isRecurring = recurring_interval !== null;
  const after = priceSet(world, { id, isRecurring }, wanted, currentPrices(product));
  const at = world.clock.now();
  return [
    ...product.prices.map((price) =>
      price.is_archived || after.includes(price)
        ? price
        : { ...price, is_archived: true, modified_at: at },
    ),
    ...after.filter((price) => !product.prices.includes(price)),
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
  const wanted = parse(productUpdate, body);
  refuseAttached(wanted);
  const { prices, recurring_interval, medias: _, attached_custom_fields: __, ...changes } = wanted;
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

/** What sorts products by the kind of their first price: what one pays as one likes goes first. */
function amountTypeRank(product: ProductDoc): number | null {
  const [first] = currentPrices(product);
  return first?.amount_type === "custom" ? 1 : first?.amount_type === "fixed" ? 2 : null;
}

/** The amount of a product's first price, or the least that it may be; null for other kinds. */
function firstAmount(product: ProductDoc): number | null {
  const [first] = currentPrices(product);
  if (first?.amount_type === "custom") return first.minimum_amount ?? -1;
  return first?.amount_type === "fixed" ? first.price_amount : null;
}

export const productRoutes: Routes = {
  "GET /v1/products": ({ world, query }) => {
    const found = filterBy(world.products.all(), query, {
      id: among(uuid(), ({ id }) => id),
      organization_id: among(uuid(), ({ organization_id }) => organization_id),
      benefit_id: several(uuid(), ({ benefit_ids }, wanted) =>
        benefit_ids.some((id) => wanted.includes(id)),
      ),
      query: given(string(), ({ name }, text) => contains(name, text)),
      is_archived: given(boolean(), (product, wanted) => product.is_archived === wanted),
      is_recurring: given(boolean(), (p, wanted) => (p.recurring_interval !== null) === wanted),
      visibility: among(visibility, (product) => product.visibility),
    }).filter((product) => matchesMetadata(product.metadata, query));
    const keys = {
      created_at: (p: ProductDoc) => p.created_at,
      name: (p: ProductDoc) => p.name,
      price_amount_type: amountTypeRank,
      price_amount: firstAmount,
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
