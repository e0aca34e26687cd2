// `npm run db:migrate`: brings the database to this version, at DIRECT_DATABASE_URL where there is a pooler.
import { databaseAddresses } from "@/db/addresses";
import { migrate } from "@/db/migrate";
import { loadEnvironment } from "./local/environment";

loadEnvironment();
if (!process.env.DATABASE_URL) {
  console.error("DATABASE_URL is not set: the PostgreSQL to migrate.");
  process.exit(1);
}
const { direct, pooled, hasPooler } = databaseAddresses();
await migrate(direct, hasPooler ? pooled : undefined);
console.log("The database is up to date.");
