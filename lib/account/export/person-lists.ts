import "server-only";
import { eq, or, sql } from "drizzle-orm";
import { accounts, adminActions, apiKeys, auditLog, emails, sessions } from "@/db/schema";
import { list, of } from "./list";
import { iso } from "./values";

/** What is kept about the person: sign-ins, keys, mails, what happened. Tokens and other secrets are left out. */
export const personLists = {
  linked_providers: list(
    "linked_providers",
    accounts,
    ({ userId }) => eq(accounts.userId, userId),
    [accounts.provider, accounts.providerAccountId],
    ({ provider, providerAccountId, scope }) => ({
      provider,
      account_id: providerAccountId,
      scope,
    }),
  ),
  sessions: list(
    "sessions",
    sessions,
    ({ userId }) => eq(sessions.userId, userId),
    [sessions.sessionToken],
    ({ expires }) => ({ expires_at: iso(expires) }),
  ),
  api_keys: list("api_keys", apiKeys, of(apiKeys), [apiKeys.id], (row) => ({
    key_id: row.publicId,
    name: row.name,
    scopes: row.scopes,
    created_at: iso(row.createdAt),
    expires_at: iso(row.expiresAt),
    revoked_at: iso(row.revokedAt),
    last_used_at: iso(row.lastUsedAt),
  })),
  emails: list(
    "emails",
    emails,
    ({ workspaceId, email }) =>
      or(
        eq(emails.workspaceId, workspaceId),
        eq(sql`lower(${emails.recipient})`, email.toLowerCase()),
      ),
    [emails.createdAt, emails.id],
    (row) => ({
      id: row.id,
      template: row.template,
      recipient: row.recipient,
      content: row.template === "sign-in" ? null : row.props,
      created_at: iso(row.createdAt),
      sent_at: iso(row.sentAt),
    }),
  ),
  admin_actions: list(
    "admin_actions",
    adminActions,
    ({ userId }) => eq(adminActions.userId, userId),
    [adminActions.id],
    ({ id, at, email, action, objectId, details }) => ({
      id,
      at: iso(at),
      email,
      action,
      object_id: objectId,
      details,
    }),
  ),
  audit_log: list("audit_log", auditLog, of(auditLog), [auditLog.at, auditLog.id], (row) => ({
    id: row.id,
    at: iso(row.at),
    action: row.action,
    object_type: row.objectType,
    object_id: row.objectId,
    before: row.before,
    after: row.after,
  })),
};
