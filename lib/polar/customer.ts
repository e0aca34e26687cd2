import "server-only";
import type { models } from "@polar-sh/sdk/2026-10";
import { polar } from "./client";
import { isNotFound } from "./errors";

/** Polar's customer with this `external_id`; null where there is none. */
export async function findCustomer(externalId: string): Promise<models.Customer | null> {
  try {
    return await polar().customers.getExternal(externalId);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
