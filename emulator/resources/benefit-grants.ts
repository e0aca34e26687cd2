import { among, filterBy, given } from "../http/filters.ts";
import { paginate, sort } from "../http/pagination.ts";
import type { Routes } from "../http/router.ts";
import { boolean, string, uuid } from "../http/schema.ts";
import { isGranted, serializeGrant } from "../serializers/grant.ts";
import type { GrantDoc } from "../store/documents.ts";

export const benefitGrantRoutes: Routes = {
  "GET /v1/benefit-grants": ({ world, query }) => {
    const found = filterBy(world.grants.all(), query, {
      organization_id: among(uuid(), (g) => world.benefits.need(g.benefit_id).organization_id),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      external_customer_id: among(string(), (g) => world.customers.need(g.customer_id).external_id),
      is_granted: given(boolean(), (grant, wanted) => isGranted(grant) === wanted),
    });
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
