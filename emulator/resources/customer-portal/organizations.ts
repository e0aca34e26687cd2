import type { models } from "@polar-sh/sdk/2026-10";
import { notFound } from "../../http/errors.ts";
import type { Routes } from "../../http/router.ts";
import { serializePortalOrganization, serializePortalProduct } from "../../serializers/portal.ts";

/** The shop's front: it needs no token. */
export const publicOrganizationRoutes: Routes = {
  "GET /v1/customer-portal/organizations/{slug}": ({
    world,
    params,
  }): models.CustomerOrganizationData => {
    const organization = world.organizations.all().find(({ slug }) => slug === params.slug);
    if (!organization) throw notFound();
    return {
      organization: serializePortalOrganization(organization),
      products: world.products
        .all()
        .filter(({ is_archived, visibility }) => !is_archived && visibility === "public")
        .map((product) => serializePortalProduct(world, product)),
    };
  },
};
