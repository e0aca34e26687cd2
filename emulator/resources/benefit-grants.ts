import { paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import type { Routes } from "../http/router.ts";
import { boolean, object, optional, parse } from "../http/schema.ts";
import { isGranted, serializeGrant } from "../serializers/grant.ts";
import type { GrantDoc } from "../store/documents.ts";

const grantsQuery = object({ is_granted: optional(boolean()) });

export const benefitGrantRoutes: Routes = {
  "GET /v1/benefit-grants": ({ world, query }) => {
    const { is_granted } = parse(grantsQuery, query, ["query"]);
    const found = filterBy(world.grants.all(), query, {
      organization_id: (g) => world.benefits.need(g.benefit_id).organization_id,
      customer_id: ({ customer_id }) => customer_id,
      external_customer_id: (g) => world.customers.need(g.customer_id).external_id,
    }).filter((grant) => is_granted === undefined || isGranted(grant) === is_granted);
    const keys = {
      created_at: (g: GrantDoc) => g.created_at,
      granted_at: (g: GrantDoc) => g.granted_at,
      revoked_at: (g: GrantDoc) => g.revoked_at,
    };
    return paginate(sort(found, query, keys, ["-created_at"]), query, (grant) =>
      serializeGrant(world, grant),
    );
  },
};
