import { createHash } from "node:crypto";
import type { models } from "@polar-sh/sdk/2026-10";
import type { CustomerDoc } from "../store/documents.ts";

/** A customer as Polar shows it. */
export function serializeCustomer(customer: CustomerDoc): models.Customer & { email: string } {
  const hash = createHash("sha256").update(customer.email.trim().toLowerCase()).digest("hex");
  const shown = {
    id: customer.id,
    created_at: customer.created_at,
    modified_at: customer.modified_at,
    metadata: customer.metadata,
    external_id: customer.external_id,
    email: customer.email,
    email_verified: false,
    name: customer.name,
    billing_name: customer.billing_name ?? customer.name,
    billing_address: customer.billing_address,
    tax_id: customer.tax_id ?? null,
    locale: customer.locale,
    organization_id: customer.organization_id,
    default_payment_method_id: customer.default_payment_method_id ?? null,
    deleted_at: customer.deleted_at,
    first_user_event_at: customer.first_user_event_at,
    avatar_url: `https://www.gravatar.com/avatar/${hash}?d=404`,
  };
  return customer.type === "team" ? { ...shown, type: "team" } : { ...shown, type: "individual" };
}

/** The `user` that orders and subscriptions still carry beside their customer, undocumented. */
export function serializeLegacyUser(customer: CustomerDoc) {
  const { id, email, avatar_url } = serializeCustomer(customer);
  const public_name = (customer.name ?? email).charAt(0);
  return { id, email, public_name, avatar_url, github_username: null };
}
