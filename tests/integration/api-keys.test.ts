import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { accountDeletions, apiIdempotencyKeys, apiKeys, auditLog } from "@/db/schema";
import { nameOfUse, purgeIdempotencyKeys } from "@/lib/api/idempotency";
import { authenticate, createApiKey, listApiKeys, mostKeys, revokeApiKey } from "@/lib/api-keys";
import type { KeyRequest } from "@/lib/api-keys/request";
import { person } from "../support/people";

const wanted: KeyRequest = { name: "Shop", scopes: ["qr:write"], days: 30 };

async function owner() {
  const { id } = await person();
  return { workspaceId: id, userId: id };
}

async function newKey(request = wanted, of?: Awaited<ReturnType<typeof owner>>) {
  const who = of ?? (await owner());
  const made = await createApiKey(who, request);
  if (!made) throw new Error("no key");
  return { ...made, ...who };
}

const bearer = (token: string) => `Bearer ${token}`;

test("a key opens what its scopes say, for its workspace, and is stored as a hash", async () => {
  const { id, token, workspaceId } = await newKey();
  expect(token).toMatch(/^nsk_[a-f0-9]{16}_[A-Za-z0-9_-]{43}$/);
  expect(await authenticate(bearer(token))).toEqual({
    keyId: id,
    workspaceId,
    scopes: ["qr:write"],
  });
  const [row] = await db().execute(
    sql`select to_jsonb(k)::text as text from api_keys k where k.id = ${id}`,
  );
  expect(row?.text).not.toContain(token.split("_")[2]);
  const [listed] = await listApiKeys(workspaceId);
  expect(JSON.stringify(listed)).not.toContain(token.split("_")[2]);
  expect(listed?.lastUsedAt).toBeInstanceOf(Date);
});

test("a key works although somebody else's account is deleted", async () => {
  const { id, token } = await newKey();
  await db()
    .insert(accountDeletions)
    .values({ workspaceId: (await owner()).workspaceId });
  expect(await authenticate(bearer(token))).toMatchObject({ keyId: id });
});

test("nothing else opens it", async () => {
  const { token } = await newKey();
  const other = await newKey();
  expect(await authenticate(null)).toBe("missing");
  expect(await authenticate("Basic abc")).toBe("missing");
  expect(await authenticate(bearer("nsk_nothing"))).toBe("unknown");
  const [prefix, publicId] = token.split("_");
  const mixed = `${prefix}_${publicId}_${other.token.slice(-43)}`;
  expect(await authenticate(bearer(mixed))).toBe("unknown");
});

test("an expired or revoked key says so to who holds it, and to nobody else", async () => {
  const key = await newKey();
  await db()
    .update(apiKeys)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(apiKeys.id, key.id));
  expect(await authenticate(bearer(key.token))).toBe("expired");
  expect(await revokeApiKey(key, key.id)).toBe(true);
  expect(await authenticate(bearer(key.token))).toBe("revoked");
  expect(await authenticate(bearer(key.token.slice(0, -1).concat("-")))).toBe("unknown");
});

test("only its own workspace can revoke a key", async () => {
  const key = await newKey();
  const stranger = await owner();
  expect(await revokeApiKey(stranger, key.id)).toBe(false);
  expect(await revokeApiKey(key, "nonsense")).toBe(false);
  expect(typeof (await authenticate(bearer(key.token)))).toBe("object");
});

test("a workspace has 20 keys that work at most, however they are asked for", async () => {
  const who = await owner();
  const made = await Promise.all(
    Array.from({ length: mostKeys + 5 }, () => createApiKey(who, wanted)),
  );
  const ids = made.flatMap((key) => (key ? [key.id] : []));
  expect(ids).toHaveLength(mostKeys);
  await revokeApiKey(who, ids[0] ?? "");
  expect(await createApiKey(who, { ...wanted, days: null })).not.toBeNull();
});

test("a key that works is listed before those that have ended, however many newer ones there are", async () => {
  const old = await newKey();
  const ended = (revokedAt: Date | null, expiresAt: Date | null) => ({
    publicId: randomUUID(),
    workspaceId: old.workspaceId,
    name: "Ended",
    secretHash: "",
    scopes: [],
    createdAt: new Date("2999-01-01"),
    revokedAt,
    expiresAt,
  });
  const past = new Date("2026-01-01");
  await db()
    .insert(apiKeys)
    .values(Array.from({ length: 120 }, (_, n) => (n % 2 ? ended(past, null) : ended(null, past))));
  const [first, ...others] = await listApiKeys(old.workspaceId);
  expect(first?.id).toBe(old.id);
  expect(others).toHaveLength(99);
});

test("the audit log says who made a key and who ended it, once each, and holds no secret", async () => {
  const key = await newKey();
  for (let time = 0; time < 2; time++) expect(await revokeApiKey(key, key.id)).toBe(true);
  const said = await db().select().from(auditLog).where(eq(auditLog.objectId, key.id));
  expect(said).toMatchObject([
    {
      workspaceId: key.workspaceId,
      action: "api_key.created",
      objectType: "api_key",
      after: { createdBy: key.userId, name: "Shop", scopes: ["qr:write"] },
    },
    { workspaceId: key.workspaceId, action: "api_key.revoked", after: { revokedBy: key.userId } },
  ]);
  expect(JSON.stringify(said)).not.toContain(key.token.slice(-43));
});

test("a request without an idempotency key is a use of its own, and nothing is kept of it", async () => {
  const { workspaceId } = await owner();
  const [one, other] = [
    await nameOfUse(workspaceId, null, "a"),
    await nameOfUse(workspaceId, null, "a"),
  ];
  expect(one).not.toBe(other);
  const kept = await db()
    .select()
    .from(apiIdempotencyKeys)
    .where(eq(apiIdempotencyKeys.workspaceId, workspaceId));
  expect(kept).toEqual([]);
});

test("a key that is forgotten while it is asked for is bound anew", async () => {
  const { workspaceId } = await owner();
  const key = randomUUID();
  const first = await nameOfUse(workspaceId, key, "a");
  let asked: ReturnType<typeof nameOfUse> = Promise.resolve(null);
  await db().transaction(async (tx) => {
    await tx.delete(apiIdempotencyKeys).where(eq(apiIdempotencyKeys.key, key));
    asked = nameOfUse(workspaceId, key, "a");
    const waits = async () =>
      await db().execute(sql`select from pg_stat_activity
        where wait_event_type = 'Lock' and query like 'insert into "api_idempotency_keys"%'`);
    await expect.poll(async () => (await waits()).length, { interval: 10 }).toBe(1);
  });
  expect(await asked).toBe(first);
});

test("an idempotency key names one request for a day", async () => {
  const { workspaceId } = await owner();
  const key = randomUUID();
  const [first, same] = await Promise.all([
    nameOfUse(workspaceId, key, "a"),
    nameOfUse(workspaceId, key, "a"),
  ]);
  expect(first).toBe(same);
  expect(await nameOfUse(workspaceId, key, "b")).toBeNull();
  expect(await nameOfUse((await owner()).workspaceId, key, "b")).not.toBeNull();
  await db().execute(
    sql`update api_idempotency_keys set created_at = now() - interval '25 hours' where key = ${key}`,
  );
  await purgeIdempotencyKeys();
  expect(await nameOfUse(workspaceId, key, "b")).not.toBe(first);
});
