import { invalidValue, notEmulated, notFound } from "../../http/errors.ts";
import { among, filterBy } from "../../http/filters.ts";
import { paginate, sort } from "../../http/pagination.ts";
import { type PortalCall, portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import { object, parse, string, uuid } from "../../http/schema.ts";
import { isGranted } from "../../serializers/grant.ts";
import { serializePortalGrant } from "../../serializers/portal-grant.ts";
import type { GrantDoc } from "../../store/documents.ts";
import type { World } from "../../world.ts";
import { benefitType } from "../enums.ts";
import { searched } from "./search.ts";

/** The grants that a customer is shown: those in force, of benefits that are not hidden. */
export function shownGrants(world: World, customerId: string): GrantDoc[] {
  return world.grants
    .where("customer_id", customerId)
    .filter(isGranted)
    .filter(({ benefit_id }) => world.benefits.need(benefit_id).visibility === "public");
}

function productOf(world: World, grant: GrantDoc) {
  const source = world.subscriptions.get(grant.subscription_id) ?? world.orders.get(grant.order_id);
  return world.products.get(source?.product_id);
}

function list({ world, customer, query }: PortalCall) {
  const benefitOf = (grant: GrantDoc) => world.benefits.need(grant.benefit_id);
  const source = (grant: GrantDoc) =>
    world.subscriptions.get(grant.subscription_id) ?? world.orders.get(grant.order_id);
  const found = filterBy(shownGrants(world, customer.id), query, {
    type: among(benefitType, (grant) => benefitOf(grant).type),
    benefit_id: among(uuid(), ({ benefit_id }) => benefit_id),
    checkout_id: among(uuid(), (grant) => source(grant)?.checkout_id),
    order_id: among(uuid(), ({ order_id }) => order_id),
    subscription_id: among(uuid(), ({ subscription_id }) => subscription_id),
    member_id: among(uuid(), () => null),
  }).filter(searched(query, (grant) => benefitOf(grant).description));
  const keys = {
    granted_at: (grant: GrantDoc) => grant.granted_at,
    type: (grant: GrantDoc) => benefitOf(grant).type,
    organization: () => world.organization.slug,
    product_benefit: (grant: GrantDoc) => {
      const place = productOf(world, grant)?.benefit_ids.indexOf(grant.benefit_id) ?? -1;
      return place < 0 ? null : place;
    },
  };
  return paginate(sort(found, query, keys, ["product_benefit", "-granted_at"]), query, (grant) =>
    serializePortalGrant(world, grant),
  );
}

function own({ world, customer, params }: PortalCall): GrantDoc {
  const grant = shownGrants(world, customer.id).find(({ id }) => id === params.id);
  if (!grant) throw notFound();
  return grant;
}

/** Only grants that lead to another service have anything to change, and these lead nowhere here. */
function update(call: PortalCall) {
  const grant = own(call);
  const { type } = call.world.benefits.need(grant.benefit_id);
  const { benefit_type } = parse(object({ benefit_type: string() }), call.body);
  if (benefit_type !== type)
    throw invalidValue(
      ["body", "benefit_type"],
      "Benefit type must match the existing granted benefit type.",
      benefit_type,
    );
  if (["discord", "github_repository", "slack_shared_channel"].includes(type))
    throw notEmulated(`accounts of customers for benefits of type ${type}`);
  return serializePortalGrant(call.world, grant);
}

export const portalBenefitGrantRoutes: Routes = {
  "GET /v1/customer-portal/benefit-grants": portal(list),
  "GET /v1/customer-portal/benefit-grants/{id}": portal((call) =>
    serializePortalGrant(call.world, own(call)),
  ),
  "PATCH /v1/customer-portal/benefit-grants/{id}": portal(update),
};
