import { redemptionsOf } from "../engine/discounts.ts";
import { invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy, given } from "../http/filters.ts";
import { paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { type Call, created, Reply, type Routes } from "../http/router.ts";
import { parse, string, uuid } from "../http/schema.ts";
import { newId } from "../ids.ts";
import { serializeDiscount } from "../serializers/discount.ts";
import type { DiscountDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { discountCreate, discountUpdate } from "./discount-schemas.ts";

function need(world: World, id: string | undefined): DiscountDoc {
  const discount = world.discounts.get(id);
  if (!discount || discount.is_deleted) throw notFound();
  return discount;
}

function requireProducts(world: World, ids: readonly string[]): string[] {
  for (const [index, id] of ids.entries())
    if (!world.products.get(id))
      throw invalidValue(["body", "products", index], "Product not found.", id);
  return [...new Set(ids)];
}

function requireFreeCode(world: World, code: string | null, own?: string): void {
  const taken = world.discounts
    .all()
    .some(
      (other) =>
        other.id !== own &&
        !other.is_deleted &&
        other.code !== null &&
        other.code.toLowerCase() === code?.toLowerCase(),
    );
  if (taken) throw invalidValue(["body", "code"], "Discount with this code already exists.", code);
}

function create({ world, body }: Call) {
  const wanted = parse(discountCreate, body);
  const code = wanted.code ?? null;
  requireFreeCode(world, code);
  const common = {
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    name: wanted.name,
    code,
    duration: wanted.duration,
    duration_in_months: wanted.duration_in_months ?? null,
    starts_at: wanted.starts_at ?? null,
    ends_at: wanted.ends_at ?? null,
    max_redemptions: wanted.max_redemptions ?? null,
    max_redemptions_per_customer: wanted.max_redemptions_per_customer ?? null,
    product_ids: requireProducts(world, wanted.products ?? []),
    organization_id: world.organization.id,
    metadata: wanted.metadata,
    is_deleted: false,
  };
  const discount = world.discounts.put(
    wanted.type === "percentage"
      ? { ...common, type: "percentage", basis_points: wanted.basis_points }
      : {
          ...common,
          type: "fixed",
          amounts: wanted.amounts ?? { [wanted.currency]: wanted.amount ?? 0 },
        },
  );
  const shown = serializeDiscount(world, discount);
  world.emitter.emit("discount.created", shown);
  return created(shown);
}

type Wanted = ReturnType<typeof discountUpdate.read>;

/** How much a discount takes off after an update; what does not belong to its type is not looked at. */
function changedValue(discount: DiscountDoc, wanted: Wanted): DiscountDoc {
  if (discount.type === "percentage")
    return { ...discount, basis_points: wanted.basis_points ?? discount.basis_points };
  const { amount, currency, amounts } = wanted;
  return {
    ...discount,
    amounts: amounts ?? (amount && currency ? { [currency]: amount } : discount.amounts),
  };
}

const sameValue = (a: DiscountDoc, b: DiscountDoc) => JSON.stringify(a) === JSON.stringify(b);

/** Polar's refusals: what a discount is cannot be changed, nor what it takes off once it was used. */
function refuseChanges(
  world: World,
  before: DiscountDoc,
  after: DiscountDoc,
  wanted: Wanted,
): void {
  if (wanted.duration !== undefined && wanted.duration !== before.duration)
    throw invalidValue(["body", "duration"], "Duration cannot be changed.", wanted.duration);
  if (wanted.type && wanted.type !== before.type)
    throw invalidValue(["body", "type"], "Type cannot be changed.", wanted.type);
  if (redemptionsOf(world, before.id).length === 0) return;
  const fields = [
    ...(sameValue(before, changedValue(before, wanted))
      ? []
      : [before.type === "percentage" ? "basis_points" : wanted.amounts ? "amounts" : "amount"]),
    ...(after.duration_in_months === before.duration_in_months ? [] : ["duration_in_months"]),
  ];
  for (const field of fields)
    throw invalidValue(
      ["body", field],
      "This field cannot be changed because the discount has already been redeemed.",
      field in before ? before[field as keyof DiscountDoc] : null,
    );
}

function update({ world, params, body }: Call) {
  const before = need(world, params.id);
  const wanted = parse(discountUpdate, body);
  const keep = <T>(given: T | undefined, kept: T) => (given === undefined ? kept : given);
  const after: DiscountDoc = {
    ...changedValue(before, wanted),
    name: wanted.name ?? before.name,
    code: keep(wanted.code, before.code),
    starts_at: keep(wanted.starts_at, before.starts_at),
    ends_at: keep(wanted.ends_at, before.ends_at),
    max_redemptions: keep(wanted.max_redemptions, before.max_redemptions),
    max_redemptions_per_customer: keep(
      wanted.max_redemptions_per_customer,
      before.max_redemptions_per_customer,
    ),
    duration_in_months: wanted.duration_in_months ?? before.duration_in_months,
    product_ids: wanted.products ? requireProducts(world, wanted.products) : before.product_ids,
    metadata: wanted.metadata ?? before.metadata,
  };
  refuseChanges(world, before, after, wanted);
  requireFreeCode(world, after.code, before.id);
  const changed = sameValue(before, after)
    ? before
    : world.discounts.put({ ...after, modified_at: world.clock.tick() });
  const shown = serializeDiscount(world, changed);
  world.emitter.emit("discount.updated", shown);
  return shown;
}

function remove({ world, params }: Call): Reply {
  const discount = need(world, params.id);
  world.emitter.emit("discount.deleted", serializeDiscount(world, discount));
  world.discounts.patch(discount.id, { is_deleted: true });
  return new Reply(204);
}

export const discountRoutes: Routes = {
  "GET /v1/discounts": ({ world, query }) => {
    const kept = world.discounts.all().filter((discount) => !discount.is_deleted);
    const found = filterBy(kept, query, {
      organization_id: among(uuid(), () => world.organization.id),
      query: given(string(), ({ name, code }, text) =>
        [name, code].some((words) => contains(words, text)),
      ),
    });
    const keys = {
      created_at: (d: DiscountDoc) => d.created_at,
      name: (d: DiscountDoc) => d.name.toLowerCase(),
      code: (d: DiscountDoc) => d.code,
      redemptions_count: (d: DiscountDoc) => redemptionsOf(world, d.id).length,
      ends_at: (d: DiscountDoc) => d.ends_at,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (discount) =>
      serializeDiscount(world, discount),
    );
  },
  "POST /v1/discounts": create,
  "GET /v1/discounts/{id}": ({ world, params }) => serializeDiscount(world, need(world, params.id)),
  "PATCH /v1/discounts/{id}": update,
  "DELETE /v1/discounts/{id}": remove,
};
