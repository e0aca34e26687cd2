import "server-only";
import { isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { environmentStamp } from "@/db/schema";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { polar } from "@/lib/polar";

/** The database belongs to another Polar environment. */
export class EnvironmentMismatchError extends Error {
  override name = "EnvironmentMismatchError";
}

/**
 * Stamps an unstamped database with the configured Polar environment, and refuses one that was stamped with
 * another: sandbox customers and real ones never share a database.
 *
 * @throws {EnvironmentMismatchError} when the stamp differs.
 */
export async function assertEnvironment(): Promise<void> {
  const { POLAR_ENVIRONMENT } = env();
  await db()
    .insert(environmentStamp)
    .values({ polarEnvironment: POLAR_ENVIRONMENT })
    .onConflictDoNothing();
  const [stamp] = await db().select().from(environmentStamp);
  if (stamp?.polarEnvironment !== POLAR_ENVIRONMENT) {
    throw new EnvironmentMismatchError(
      `This database holds the state of Polar's "${stamp?.polarEnvironment}" environment, but POLAR_ENVIRONMENT is ` +
        `"${POLAR_ENVIRONMENT}". Set DATABASE_URL to a database of its own for each environment.`,
    );
  }
}

/**
 * Stamps the database with the organization that the access token belongs to, and refuses another: its
 * customers and orders would be strangers here. Polar being down is no reason to refuse.
 *
 * @throws {EnvironmentMismatchError} when the stamp differs.
 */
export async function assertOrganization(): Promise<void> {
  let organizationId: string | undefined;
  try {
    const { items } = await polar().organizations.list({ limit: 1 });
    organizationId = items[0]?.id;
  } catch (error) {
    logger.warn({ err: error }, "Polar could not be asked for its organization");
    return;
  }
  if (!organizationId) return;
  await db()
    .update(environmentStamp)
    .set({ polarOrganizationId: organizationId })
    .where(isNull(environmentStamp.polarOrganizationId));
  const [stamp] = await db().select().from(environmentStamp);
  if (stamp?.polarOrganizationId !== organizationId) {
    throw new EnvironmentMismatchError(
      "This database holds the state of another Polar organization than the one that POLAR_ACCESS_TOKEN belongs to. " +
        "Use that organization's token, or a database of its own.",
    );
  }
}
