// `npm run db:migrate`: brings the database at DATABASE_URL to this version.
import { migrate } from "@/db/migrate";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
if (!process.env.DATABASE_URL) {
  console.error("DATABASE_URL is not set: the PostgreSQL to migrate.");
  process.exit(1);
}
await migrate(process.env.DATABASE_URL);
console.log("The database is up to date.");
