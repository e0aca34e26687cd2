import "server-only";
import postgres from "postgres";

/** How long a statement of the app may take, in milliseconds. Migrations have no such limit. */
export const statementLimitMs = 15_000;

/**
 * Makes the limit of statements the default of the role that `pooled` signs in as, in that database: a pooler
 * refuses it among a connection's own parameters. A limit that the role or the database has already is kept.
 */
export async function limitStatements(pooled: string): Promise<void> {
  const client = postgres(pooled, { max: 1, prepare: false, connect_timeout: 10 });
  try {
    const [found] = await client<{ statement_timeout: string }[]>`show statement_timeout`;
    if (found?.statement_timeout !== "0") return;
    await client.unsafe(`do $$ begin
      execute format('alter role current_user in database %I set statement_timeout = ${statementLimitMs}',
        current_database());
    end $$`);
  } finally {
    await client.end({ timeout: 5 });
  }
}
