import { invalidValue, notEmulated, notFound } from "../http/errors.ts";
import { matchesMetadata, paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import { type Call, created, Reply, type Routes } from "../http/router.ts";
import {
  boolean,
  integer,
  isRecord,
  metadata,
  nullish,
  object,
  oneOf,
  optional,
  parse,
  string,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";
import { newId } from "../ids.ts";
import { serializeBenefit } from "../serializers/benefit.ts";
import { isGranted, serializeGrant } from "../serializers/grant.ts";
import { serializeProduct } from "../serializers/product.ts";
import type { BenefitDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

const EMULATED = ["custom", "feature_flag", "meter_credit"];

const visibility = withDefault(oneOf("public", "private"), "public");
const about = { description: string({ min: 3, max: 42 }), metadata: withDefault(metadata(), {}) };
const custom = object({ note: nullish(string()) });
const credit = object({
  units: integer({ min: 1, max: 2_147_483_647 }),
  rollover: boolean(),
  meter_id: uuid(),
});

const benefitCreate = tagged("type", {
  custom: object({ type: oneOf("custom"), ...about, visibility, properties: custom }),
  feature_flag: object({
    type: oneOf("feature_flag"),
    ...about,
    visibility,
    properties: withDefault(object({}), {}),
  }),
  meter_credit: object({ type: oneOf("meter_credit"), ...about, visibility, properties: credit }),
});

const aboutChange = {
  description: optional(string({ min: 3, max: 42 })),
  metadata: optional(metadata()),
};
const benefitUpdate = tagged("type", {
  custom: object({ type: oneOf("custom"), ...aboutChange, properties: optional(custom) }),
  feature_flag: object({ type: oneOf("feature_flag"), ...aboutChange }),
  meter_credit: object({
    type: oneOf("meter_credit"),
    ...aboutChange,
    properties: optional(credit),
  }),
});

function refuseOtherTypes(body: unknown): void {
  const type = isRecord(body) ? body.type : undefined;
  const known = ["discord", "github_repository", "downloadables", "license_keys"];
  if (known.includes(String(type)) || type === "slack_shared_channel")
    throw notEmulated(`benefits of type ${type}; it has ${EMULATED.join(", ")}`);
}

function requireMeter(world: World, meterId: string): void {
  if (!world.meters.get(meterId))
    throw invalidValue(["body", "properties", "meter_id"], "This meter does not exist.", meterId);
}

function need(world: World, id: string | undefined): BenefitDoc {
  const benefit = world.benefits.get(id);
  if (!benefit || benefit.is_deleted) throw notFound();
  return benefit;
}

function create({ world, body }: Call): Reply {
  refuseOtherTypes(body);
  const wanted = parse(benefitCreate, body);
  if (wanted.type === "meter_credit") requireMeter(world, wanted.properties.meter_id);
  const common = {
    id: newId(),
    created_at: world.clock.tick(),
    modified_at: null,
    description: wanted.description,
    is_deleted: false,
    organization_id: world.organization.id,
    metadata: wanted.metadata,
    visibility: wanted.visibility,
  };
  const benefit: BenefitDoc =
    wanted.type === "custom"
      ? { ...common, type: "custom", properties: { note: wanted.properties.note ?? null } }
      : wanted.type === "meter_credit"
        ? { ...common, type: "meter_credit", properties: wanted.properties }
        : { ...common, type: "feature_flag", properties: {} };
  const shown = serializeBenefit(world.benefits.put(benefit));
  world.emitter.emit("benefit.created", shown);
  return created(shown);
}

function update({ world, params, body }: Call) {
  const found = need(world, params.id);
  refuseOtherTypes(body);
  const changes = parse(benefitUpdate, body);
  if (changes.type !== found.type)
    throw invalidValue(["body", "type"], "A benefit's type cannot be changed.", changes.type);
  const common = {
    description: changes.description ?? found.description,
    metadata: changes.metadata ?? found.metadata,
    modified_at: world.clock.tick(),
  };
  let changed: BenefitDoc = { ...found, ...common };
  if (found.type === "meter_credit" && changes.type === "meter_credit") {
    const properties = changes.properties ?? found.properties;
    requireMeter(world, properties.meter_id);
    changed = { ...found, ...common, properties };
  } else if (found.type === "custom" && changes.type === "custom") {
    const note = changes.properties ? (changes.properties.note ?? null) : found.properties.note;
    changed = { ...found, ...common, properties: { note } };
  }
  const shown = serializeBenefit(world.benefits.put(changed));
  world.emitter.emit("benefit.updated", shown);
  return shown;
}

/** A deleted benefit leaves its products, and its grants are taken back. */
function remove({ world, params }: Call): Reply {
  const found = need(world, params.id);
  const at = world.clock.tick();
  const benefit = world.benefits.put({ ...found, is_deleted: true, modified_at: at });
  for (const product of world.products.values()) {
    if (!product.benefit_ids.includes(found.id)) continue;
    const left = product.benefit_ids.filter((id) => id !== found.id);
    const changed = world.products.patch(product.id, { benefit_ids: left });
    world.emitter.emit("product.updated", serializeProduct(world, changed));
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

export const benefitRoutes: Routes = {
  "GET /v1/benefits": ({ world, query }) => {
    const found = filterBy(
      world.benefits.all().filter((benefit) => !benefit.is_deleted),
      query,
      { type: ({ type }) => type, id: ({ id }) => id },
    ).filter((benefit) => matchesMetadata(benefit.metadata, query));
    const keys = {
      created_at: (b: BenefitDoc) => b.created_at,
      description: (b: BenefitDoc) => b.description,
      type: (b: BenefitDoc) => b.type,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, serializeBenefit);
  },
  "POST /v1/benefits": create,
  "GET /v1/benefits/{id}": ({ world, params }) => serializeBenefit(need(world, params.id)),
  "PATCH /v1/benefits/{id}": update,
  "DELETE /v1/benefits/{id}": remove,
  "GET /v1/benefits/{id}/grants": ({ world, params, query }) => {
    const { id } = need(world, params.id);
    const { is_granted } = parse(object({ is_granted: optional(boolean()) }), query, ["query"]);
    const grants = world.grants
      .where("benefit_id", id)
      .filter((grant) => is_granted === undefined || isGranted(grant) === is_granted)
      .reverse();
    return paginate(grants, query, (grant) => serializeGrant(world, grant));
  },
};
