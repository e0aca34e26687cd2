import "server-only";
import type { PgTable } from "drizzle-orm/pg-core";
import { users, workspaceMembers, workspaces } from "@/db/schema";
import { listNames, lists } from "./lists";

/** Every table that the export gives rows of. */
export const exportedTables: readonly PgTable[] = [
  users,
  workspaces,
  workspaceMembers,
  ...listNames.map((name) => lists[name].table),
];

/** What the export leaves out, by the table's name in the database, and why. */
export const notExported: Readonly<Record<string, string>> = {
  account_deletions: "there is none while the account can be exported",
  api_idempotency_keys: "tell apart repeated requests, for a day",
  doctor_answers: "what an admin answered for is among what they did",
  pack_totals: "add up what the sums by hour tell",
  products: "belong to nobody",
  reconcile_differences: "says how our copy of what is exported was mended",
  reconcile_runs: "says when our copy of what is exported was compared",
  usage_days: "add up what the sums by hour tell",
  usage_reservations: "hold units for work that is under way, for a minute",
  usage_totals: "add up what the sums by hour tell",
  verification_tokens: "are secrets; the mails that they came with are exported",
  webhook_inbox: "what Polar told stands in the lists, as far as it is kept",
};
