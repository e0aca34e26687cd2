import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db, type Executor } from "@/db/client";
import { accountDeletions, auditLog } from "@/db/schema";
import { storeSnapshot } from "@/lib/billing/mirror/store";
import { subscription } from "../support/webhooks";

afterAll(closeDb);

async function audited(): Promise<string> {
  const workspaceId = randomUUID();
  const data = subscription(workspaceId);
  await db().transaction((tx) =>
    storeSnapshot(tx, "subscription", data, "2026-11-01T10:00:01Z", "test"),
  );
  return workspaceId;
}
const rowsOf = async (workspaceId: string, executor: Executor = db()) =>
  await executor.select().from(auditLog).where(eq(auditLog.workspaceId, workspaceId));
const forget = (workspaceId: string, named: string) =>
  db().transaction(async (tx) => {
    await tx.execute(sql`select set_config('northstar.forgotten_workspace', ${named}, true)`);
    await tx.delete(auditLog).where(eq(auditLog.workspaceId, workspaceId));
  });
const refused = { cause: expect.objectContaining({ code: "42501" }) };

test("what the audit log says cannot be changed, deleted or emptied", async () => {
  const workspaceId = await audited();
  const before = await rowsOf(workspaceId);
  expect(before).toHaveLength(1);
  const ofWorkspace = eq(auditLog.workspaceId, workspaceId);
  const change = db().update(auditLog).set({ action: "nothing" }).where(ofWorkspace);
  await expect(change).rejects.toMatchObject(refused);
  await expect(db().delete(auditLog).where(ofWorkspace)).rejects.toMatchObject(refused);
  await expect(db().execute(sql`truncate audit_log`)).rejects.toMatchObject(refused);
  expect(await rowsOf(workspaceId)).toEqual(before);
});

test("but by the deletion of an account, while it is under way, of that account alone", async () => {
  const workspaceId = await audited();
  const other = await audited();
  await expect(forget(workspaceId, workspaceId)).rejects.toMatchObject(refused);
  await db().insert(accountDeletions).values({ workspaceId });
  await expect(forget(workspaceId, workspaceId)).rejects.toMatchObject(refused);
  const of = eq(accountDeletions.workspaceId, workspaceId);
  await db().update(accountDeletions).set({ polarEndedAt: new Date() }).where(of);
  await expect(forget(workspaceId, other)).rejects.toMatchObject(refused);
  await expect(forget(other, other)).rejects.toMatchObject(refused);
  await forget(workspaceId, workspaceId);
  expect(await rowsOf(workspaceId)).toEqual([]);
  expect(await rowsOf(other)).toHaveLength(1);
  const again = db().delete(auditLog).where(eq(auditLog.workspaceId, other));
  await expect(again).rejects.toMatchObject(refused);
  await db().delete(accountDeletions).where(of);
});
