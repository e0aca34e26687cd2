import { portalBenefitGrantRoutes } from "./benefit-grants.ts";
import { portalCustomerRoutes } from "./customer.ts";
import { portalLicenseKeyRoutes } from "./license-keys.ts";
import { portalMeterRoutes } from "./meters.ts";
import { portalOrderRoutes } from "./orders.ts";
import { portalPaymentMethodRoutes } from "./payment-methods.ts";
import { portalSessionRoutes } from "./session.ts";
import { portalSubscriptionRoutes } from "./subscriptions.ts";

/** The customer portal's API, for whoever holds a customer session's token. */
export const portalRoutes = [
  portalBenefitGrantRoutes,
  portalCustomerRoutes,
  portalLicenseKeyRoutes,
  portalMeterRoutes,
  portalOrderRoutes,
  portalPaymentMethodRoutes,
  portalSessionRoutes,
  portalSubscriptionRoutes,
];
