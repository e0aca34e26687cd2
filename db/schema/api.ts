import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./auth";
import { workspaces } from "./workspaces";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** A key of the product's API. Its secret is not here: `secretHash` is its SHA-256, in base64url. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The part of the key by which it is found and told from others; no secret. */
    publicId: text("public_id").notNull().unique(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    name: text("name").notNull(),
    secretHash: text("secret_hash").notNull(),
    scopes: text("scopes").array().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    /** To the minute: it is not written more often. */
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [index("api_keys_workspace_idx").on(table.workspaceId)],
);

/** Which request an `Idempotency-Key` was first sent with; kept for a day. */
export const apiIdempotencyKeys = pgTable(
  "api_idempotency_keys",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.key] }),
    index("api_idempotency_keys_created_idx").on(table.createdAt),
  ],
);

/** The windows of the rate limits, in the columns of rate-limiter-flexible; `expire` in Unix milliseconds. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    expire: bigint("expire", { mode: "number" }),
  },
  (table) => [index("rate_limits_expire_idx").on(table.expire)],
);
