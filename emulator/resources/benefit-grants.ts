import { paginate, sort } from "../http/pagination.ts";
import { filterBy } from "../http/query.ts";
import type { Routes } from "../http/router.ts";
import { isGranted, serializeGrant } from "../serializers/grant.ts";
import type { GrantDoc } from "../store/documents.ts";

export const benefitGrantRoutes: Routes = {
  "GET /v1/benefit-grants": ({ world, query }) => {
    const found = filterBy(world.grants.all(), query, {
      customer_id: ({ customer_id }) => customer_id,
      external_customer_id: (g) => world.customers.need(g.customer_id).external_id,
      benefit_id: ({ benefit_id }) => benefit_id,
      is_granted: isGranted,
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
