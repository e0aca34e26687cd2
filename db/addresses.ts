import "server-only";

/**
 * Where the database answers. `pooled` may be a pooler that gives a connection for one transaction at a time;
 * `direct` is the database itself, where a session lasts: for migrations, session locks and LISTEN.
 */
export type DatabaseAddresses = { pooled: string; direct: string; hasPooler: boolean };

/**
 * `DATABASE_URL`, and `DIRECT_DATABASE_URL` when there is a pooler between; empty strings count as unset.
 *
 * @throws when `DATABASE_URL` is not set.
 */
export function databaseAddresses(
  source: Record<string, string | undefined> = process.env,
): DatabaseAddresses {
  const pooled = source.DATABASE_URL;
  if (!pooled) throw new Error("DATABASE_URL is not set.");
  const direct = source.DIRECT_DATABASE_URL || pooled;
  return { pooled, direct, hasPooler: direct !== pooled };
}
