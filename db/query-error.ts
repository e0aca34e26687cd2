import { DrizzleQueryError } from "drizzle-orm";
import { PgPreparedQuery } from "drizzle-orm/pg-core";

/** An upsert of a whole row is thousands of characters, in the message and in the stack: which it was stands at its start. */
const longestQuery = 240;

/**
 * A query that failed, without the values it was sent: they hold session tokens, webhooks and addresses,
 * and an error goes to logs and consoles that are not ours. `cause` is the driver's error, with its code.
 */
class QueryError extends Error {
  override name = "QueryError";

  constructor(query: string, cause: unknown) {
    const line = query.replaceAll(/\s+/g, " ").trim();
    const shown = line.length > longestQuery ? `${line.slice(0, longestQuery)}…` : line;
    super(`Failed query: ${shown}`, { cause: withoutValues(cause) });
  }
}

/** What PostgreSQL writes of a row, as in "Key (token)=(…) already exists", is left out too. */
function withoutValues(cause: unknown): unknown {
  if (cause instanceof Error)
    for (const field of ["detail", "where"]) Reflect.deleteProperty(cause, field);
  return cause;
}

type Execute = (query: string, params: unknown[], run: () => Promise<unknown>) => Promise<unknown>;

const installed = Symbol.for("northstar.queryErrors");

/**
 * Makes every query of Drizzle's fail with a `QueryError`. Drizzle's own error has all parameters in its
 * message, and no setting to leave them out (drizzle-orm 0.45, pg-core/session.js, `queryWithCache`).
 */
export function hideParameters(): void {
  const prototype = PgPreparedQuery.prototype as unknown as {
    queryWithCache: Execute;
    [installed]?: true;
  };
  if (prototype[installed]) return;
  prototype[installed] = true;
  const original = prototype.queryWithCache;
  prototype.queryWithCache = async function (query, params, run) {
    try {
      return await original.call(this, query, params, run);
    } catch (error) {
      throw error instanceof DrizzleQueryError ? new QueryError(query, error.cause) : error;
    }
  };
}
