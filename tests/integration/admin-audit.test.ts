import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDb, db } from "@/db/client";
import { accountDeletions, adminActions, users } from "@/db/schema";
import { forgetAccount } from "@/lib/account/deletion/forget";
import { listActions, recordAction } from "@/lib/admin/actions";
import { isAdmin } from "@/lib/admin/gate";
import { anAdmin } from "../support/admins";

afterAll(closeDb);

const refused = { cause: expect.objectContaining({ code: "42501" }) };

async function acted() {
  const admin = await anAdmin();
  await recordAction(db(), admin, { action: "job.delete", objectId: "7", details: { n: 1 } });
  return admin;
}
const of = ({ userId }: { userId: string }) => eq(adminActions.userId, userId);
const rowsOf = (who: { userId: string }) => db().select().from(adminActions).where(of(who));

test("only a verified address of the list makes an admin, in whatever case, as the list is now", async () => {
  const admin = await anAdmin();
  expect(await isAdmin(admin)).toBe(true);
  expect(await isAdmin({ ...admin, userId: "somebody else" })).toBe(false);
  await db().update(users).set({ emailVerified: null }).where(eq(users.id, admin.userId));
  expect(await isAdmin(admin)).toBe(false);
  await db().update(users).set({ emailVerified: new Date() }).where(eq(users.id, admin.userId));
  expect(await isAdmin(admin)).toBe(true);
  for (const list of ["", "other@example.com", `x${admin.email}`]) {
    process.env.ADMIN_EMAILS = list;
    expect(await isAdmin(admin)).toBe(false);
  }
});

test("what admins did cannot be changed, deleted or emptied", async () => {
  const admin = await acted();
  const before = await rowsOf(admin);
  expect(before).toMatchObject([{ email: admin.email, action: "job.delete", objectId: "7" }]);
  const changes = [{ action: "job.run_again" as const }, { email: null }, { details: {} }];
  for (const change of changes)
    await expect(db().update(adminActions).set(change).where(of(admin))).rejects.toMatchObject(
      refused,
    );
  await expect(db().delete(adminActions).where(of(admin))).rejects.toMatchObject(refused);
  await expect(db().execute(sql`truncate admin_actions`)).rejects.toMatchObject(refused);
  expect(await rowsOf(admin)).toEqual(before);
});

test("the deletion of an admin's account takes their address from it, and nothing else", async () => {
  const admin = await acted();
  const other = await acted();
  const before = await rowsOf(admin);
  await db()
    .insert(accountDeletions)
    .values({ workspaceId: admin.userId, polarEndedAt: new Date() });
  const pretend = (change: Partial<typeof adminActions.$inferInsert>, whose: typeof admin) =>
    db().transaction(async (tx) => {
      await tx.execute(
        sql`select set_config('northstar.forgotten_workspace', ${admin.userId}, true)`,
      );
      await tx.update(adminActions).set(change).where(of(whose));
    });
  await expect(pretend({ email: null, objectId: "8" }, admin)).rejects.toMatchObject(refused);
  await expect(pretend({ email: "other@example.com" }, admin)).rejects.toMatchObject(refused);
  await expect(pretend({ email: null }, other)).rejects.toMatchObject(refused);

  await forgetAccount(admin.userId);
  expect(await rowsOf(admin)).toEqual(before.map((row) => ({ ...row, email: null })));
  expect(await rowsOf(other)).toMatchObject([{ email: other.email }]);
});

test("they are listed newest first, a page at a time", async () => {
  const admin = await anAdmin();
  for (let n = 0; n < 51; n++)
    await recordAction(db(), admin, { action: "job.delete", objectId: String(n), details: {} });
  const first = await listActions(null);
  expect(first.rows[0]).toMatchObject({ objectId: "50", email: admin.email });
  expect(first.rows).toHaveLength(50);
  const second = await listActions(first.next);
  expect(second.rows[0]).toMatchObject({ objectId: "0", userId: admin.userId });
});
