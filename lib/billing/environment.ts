import "server-only";
import { db } from "@/db/client";
import { environmentStamp } from "@/db/schema";
import { env } from "@/lib/env";

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
