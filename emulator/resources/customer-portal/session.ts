import type { models } from "@polar-sh/sdk/2026-10";
import { portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";

export const portalSessionRoutes: Routes = {
  "GET /v1/customer-portal/customer-session/introspect": portal(
    ({ session }): models.CustomerCustomerSession => ({
      expires_at: session.expires_at,
      return_url: session.return_url,
    }),
  ),
  "GET /v1/customer-portal/customer-session/user": portal(
    ({ customer }): models.PortalAuthenticatedUser => ({
      type: "customer",
      name: customer.name,
      email: customer.email,
      customer_id: customer.id,
      member_id: null,
      role: null,
    }),
  ),
};
