import type { CustomerDoc, SessionDoc } from "../store/documents.ts";
import { unauthorized } from "./errors.ts";
import type { Call, Handler } from "./router.ts";

/** A call of the customer portal's API: it is about the customer who makes it. */
export interface PortalCall extends Call {
  session: SessionDoc;
  customer: CustomerDoc;
}

/** A handler for the calls of customers. */
export function portal(handle: (call: PortalCall) => unknown): Handler {
  return (call) => {
    const { session, world } = call;
    if (!session) throw unauthorized();
    return handle({ ...call, session, customer: world.customers.need(session.customer_id) });
  };
}
