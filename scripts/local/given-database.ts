import postgres from "postgres";

const useLocal =
  "Leave DATABASE_URL empty, in `.env` too, and `npm run dev` uses a PostgreSQL of its own.";

/**
 * Asks the database that the person has named in DATABASE_URL, before anything else needs it.
 *
 * @throws when it does not let us in, by the variable's name; its value may hold a password and is not told.
 */
export async function reachGivenDatabase(url: string): Promise<void> {
  // A malformed address is for the check of the whole environment to name.
  if (!URL.canParse(url)) return;
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The PostgreSQL of DATABASE_URL can't be used: ${reason}.\n${useLocal}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
