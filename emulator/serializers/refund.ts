import type { models } from "@polar-sh/sdk/2026-10";
import type { RefundDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

export function serializeRefund(world: World, refund: RefundDoc): models.Refund {
  return { ...refund, organization_id: world.organization.id, dispute: null };
}
