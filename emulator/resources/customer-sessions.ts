import type { models } from "@polar-sh/sdk/2026-10";
import { createSession } from "../engine/checkout.ts";
import { customerByExternalId } from "../engine/customers.ts";
import { invalidRequest, invalidValue } from "../http/errors.ts";
import { created, type Routes } from "../http/router.ts";
import { nullish, object, optional, parse, string, url, uuid } from "../http/schema.ts";
import { serializeCustomer } from "../serializers/customer.ts";
import type { SessionDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

const sessionCreate = object({
  customer_id: optional(uuid()),
  external_customer_id: optional(string()),
  customer_external_id: optional(string()),
  return_url: nullish(url()),
});

export function portalUrl(world: World, session: SessionDoc): string {
  return `${world.publicUrl}/portal?customer_session_token=${session.token}`;
}

function serializeSession(world: World, session: SessionDoc): models.CustomerSession {
  return {
    created_at: session.created_at,
    modified_at: session.modified_at,
    id: session.id,
    token: session.token,
    expires_at: session.expires_at,
    return_url: session.return_url,
    customer_portal_url: portalUrl(world, session),
    customer_id: session.customer_id,
    customer: serializeCustomer(world.customers.need(session.customer_id)),
  };
}

export const customerSessionRoutes: Routes = {
  "POST /v1/customer-sessions": ({ world, body }) => {
    const wanted = parse(sessionCreate, body);
    const externalId = wanted.external_customer_id ?? wanted.customer_external_id;
    if (!wanted.customer_id && !externalId)
      throw invalidRequest([
        { type: "missing", loc: ["body", "customer_id"], msg: "Field required", input: body },
      ]);
    const customer = wanted.customer_id
      ? world.customers.get(wanted.customer_id)
      : customerByExternalId(world, externalId ?? "");
    if (!customer || customer.deleted_at)
      throw invalidValue(
        ["body", wanted.customer_id ? "customer_id" : "external_customer_id"],
        "Customer does not exist.",
        wanted.customer_id ?? externalId,
      );
    const session = createSession(world, customer.id, wanted.return_url ?? null);
    return created(serializeSession(world, session));
  },
};
