import "server-only";
import { z } from "zod";

const maybeText = z.string().nullish().catch(null);
const maybeOne = z.object({ id: maybeText, external_id: maybeText }).nullish().catch(null);
const teller = z.object({
  id: maybeText,
  external_id: maybeText,
  customer_id: maybeText,
  external_customer_id: maybeText,
  customer: maybeOne,
});

/** Of whom an event tells, as far as it says: Polar's customer, and our workspace. */
export function subjectOf(
  type: string,
  data: unknown,
): { customerId: string | null; workspaceId: string | null } {
  const found = teller.safeParse(data).data;
  if (!found) return { customerId: null, workspaceId: null };
  if (type.startsWith("customer."))
    return { customerId: found.id ?? null, workspaceId: found.external_id ?? null };
  return {
    customerId: found.customer_id ?? found.customer?.id ?? null,
    workspaceId: found.external_customer_id ?? found.customer?.external_id ?? null,
  };
}
