import { isDeepStrictEqual } from "node:util";
import type { models } from "@polar-sh/sdk/2026-10";
import { invalidValue, notFound } from "../http/errors.ts";
import { among, filterBy, given, several } from "../http/filters.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import { type Call, created, Reply, type Routes } from "../http/router.ts";
import { boolean, defined, parse, string, uuid } from "../http/schema.ts";
import { newId } from "../ids.ts";
import { isVisibilityConfigurable, serializeBenefit } from "../serializers/benefit.ts";
import { isGranted, serializeGrant } from "../serializers/grant.ts";
import type { BenefitDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { benefitCreate, benefitUpdate } from "./benefit-schemas.ts";
import { benefitType } from "./enums.ts";

function visibilityOf(
  type: BenefitDoc["type"],
  wanted: models.BenefitVisibility | undefined,
): models.BenefitVisibility {
  if (isVisibilityConfigurable(type))
    return wanted ?? (type === "feature_flag" ? "private" : "public");
  if (wanted && wanted !== "public")
    throw invalidValue(
      ["body", "visibility"],
      "Visibility is not configurable for this benefit type and must be public.",
      wanted,
    );
  return "public";
}

function requireMeter(world: World, kind: { type: string; properties: object }): void {
  if (!("meter_id" in kind.properties)) return;
  const { meter_id } = kind.properties;
  if (!world.meters.get(String(meter_id)))
    throw invalidValue(["body", "properties", "meter_id"], "This meter does not exist.", meter_id);
}

function need(world: World, id: string | undefined): BenefitDoc {
  const benefit = world.benefits.get(id);
  if (!benefit || benefit.is_deleted) throw notFound();
  return benefit;
}

function create({ world, body }: Call): Reply {
  const { about, kind } = parse(benefitCreate, body);
  requireMeter(world, kind);
  const benefit = world.benefits.put({
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    description: about.description,
    is_deleted: false,
    organization_id: world.organization.id,
    metadata: about.metadata,
    visibility: visibilityOf(kind.type, about.visibility),
    ...kind,
  });
  const shown = serializeBenefit(benefit);
  world.emitter.emit("benefit.created", shown);
  return created(shown);
}

/** Whether keys that are held already must follow: their limits have changed. */
function changesKeys(before: BenefitDoc, after: BenefitDoc): boolean {
  if (before.type !== "license_keys" || after.type !== "license_keys") return false;
  const { prefix: _, ...limits } = before.properties;
  const { prefix: __, ...others } = after.properties;
  return !isDeepStrictEqual(limits, others);
}

function update({ world, params, body }: Call) {
  const found = need(world, params.id);
  const { type, changes, kind } = parse(benefitUpdate, body);
  if (type !== found.type)
    throw invalidValue(["body", "type"], "Benefit type cannot be changed.", found.type);
  if (kind) requireMeter(world, kind);
  const common = {
    ...defined(changes),
    visibility: changes.visibility ? visibilityOf(type, changes.visibility) : found.visibility,
    modified_at: world.clock.tick(),
  };
  const benefit = world.benefits.put({ ...found, ...common, ...kind });
  const shown = serializeBenefit(benefit);
  if (changesKeys(found, benefit))
    for (const grant of world.grants.where("benefit_id", found.id))
      if (isGranted(grant)) world.scheduler.soon({ kind: "grant.update", grant_id: grant.id });
  world.emitter.emit("benefit.updated", shown);
  return shown;
}

/** A deleted benefit leaves its products, of which no event tells, and its grants are taken back. */
function remove({ world, params }: Call): Reply {
  const found = need(world, params.id);
  const at = world.clock.tick();
  const benefit = world.benefits.put({ ...found, is_deleted: true, modified_at: at });
  for (const product of world.products.values()) {
    if (!product.benefit_ids.includes(found.id)) continue;
    const left = product.benefit_ids.filter((id) => id !== found.id);
    world.products.patch(product.id, { benefit_ids: left });
  }
  world.emitter.emit("benefit.updated", serializeBenefit(benefit));
  for (const grant of world.grants.where("benefit_id", found.id)) {
    if (!isGranted(grant)) continue;
    if (grant.subscription_id)
      world.scheduler.soon({
        kind: "grants.sync",
        subscription_id: grant.subscription_id,
        cycle: false,
      });
    else if (grant.order_id)
      world.scheduler.soon({ kind: "grants.order", order_id: grant.order_id, revoke: true });
  }
  return new Reply(204);
}

/** The place of each benefit in the query's `id`s, by which `user_order` sorts. */
function askedOrder(query: Record<string, unknown>): (benefit: BenefitDoc) => number | null {
  const ids = query.id === undefined ? [] : [query.id].flat();
  return ({ id }) => (ids.length > 0 ? ids.indexOf(id) : null);
}

export const benefitRoutes: Routes = {
  "GET /v1/benefits": ({ world, query }) => {
    const kept = world.benefits.all().filter((benefit) => !benefit.is_deleted);
    const found = filterBy(kept, query, {
      organization_id: among(uuid(), ({ organization_id }) => organization_id),
      type: among(benefitType, ({ type }) => type),
      id: among(uuid(), ({ id }) => id),
      exclude_id: several(uuid(), ({ id }, excluded) => !excluded.includes(id)),
      query: given(string(), ({ description }, text) => contains(description, text)),
    }).filter((benefit) => matchesMetadata(benefit.metadata, query));
    const keys = {
      created_at: (b: BenefitDoc) => b.created_at,
      description: (b: BenefitDoc) => b.description,
      type: (b: BenefitDoc) => b.type,
      user_order: askedOrder(query),
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, serializeBenefit);
  },
  "POST /v1/benefits": create,
  "GET /v1/benefits/{id}": ({ world, params }) => serializeBenefit(need(world, params.id)),
  "PATCH /v1/benefits/{id}": update,
  "DELETE /v1/benefits/{id}": remove,
  "GET /v1/benefits/{id}/grants": ({ world, params, query }) => {
    const { id } = need(world, params.id);
    const grants = filterBy(world.grants.where("benefit_id", id), query, {
      is_granted: given(boolean(), (grant, wanted) => isGranted(grant) === wanted),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      member_id: among(uuid(), () => null),
    }).reverse();
    return paginate(grants, query, (grant) => serializeGrant(world, grant));
  },
};
