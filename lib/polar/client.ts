import "server-only";
import { createBenefitGrantsService } from "@polar-sh/sdk/2026-10/services/benefit_grants";
import { createBenefitsService } from "@polar-sh/sdk/2026-10/services/benefits";
import { createCheckoutsService } from "@polar-sh/sdk/2026-10/services/checkouts";
import { createCustomerMetersService } from "@polar-sh/sdk/2026-10/services/customer_meters";
import { createCustomerSessionsService } from "@polar-sh/sdk/2026-10/services/customer_sessions";
import { createCustomersService } from "@polar-sh/sdk/2026-10/services/customers";
import { createEventsService } from "@polar-sh/sdk/2026-10/services/events";
import { createMetersService } from "@polar-sh/sdk/2026-10/services/meters";
import { createOrdersService } from "@polar-sh/sdk/2026-10/services/orders";
import { createOrganizationsService } from "@polar-sh/sdk/2026-10/services/organizations";
import { createProductsService } from "@polar-sh/sdk/2026-10/services/products";
import { createRefundsService } from "@polar-sh/sdk/2026-10/services/refunds";
import { createSubscriptionsService } from "@polar-sh/sdk/2026-10/services/subscriptions";
import { createWebhooksService } from "@polar-sh/sdk/2026-10/services/webhooks";
import { env } from "@/lib/env";
import { createTransport } from "./transport";

function createServices() {
  const { POLAR_ENVIRONMENT, POLAR_API_URL, POLAR_ACCESS_TOKEN } = env();
  const core = createTransport({
    accessToken: POLAR_ACCESS_TOKEN,
    timeout: 5,
    ...(POLAR_ENVIRONMENT === "local"
      ? { baseUrl: POLAR_API_URL }
      : { environment: POLAR_ENVIRONMENT }),
  });
  return {
    benefitGrants: createBenefitGrantsService(core),
    benefits: createBenefitsService(core),
    checkouts: createCheckoutsService(core),
    customerMeters: createCustomerMetersService(core),
    customerSessions: createCustomerSessionsService(core),
    customers: createCustomersService(core),
    events: createEventsService(core),
    meters: createMetersService(core),
    orders: createOrdersService(core),
    organizations: createOrganizationsService(core),
    products: createProductsService(core),
    refunds: createRefundsService(core),
    subscriptions: createSubscriptionsService(core),
    webhooks: createWebhooksService(core),
  };
}

let services: ReturnType<typeof createServices> | undefined;

/** Polar's API of the configured environment; only the services that are used. */
export function polar(): ReturnType<typeof createServices> {
  services ??= createServices();
  return services;
}
