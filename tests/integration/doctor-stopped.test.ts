import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { accountDeletions, doctorAnswers, reconcileRuns } from "@/db/schema";
import { forgetAccount } from "@/lib/account/deletion/forget";
import { answerAs } from "@/lib/doctor/answers";
import { examine } from "@/lib/doctor/examine";
import { actions, anAdmin, refuseActions } from "../support/admins";
import { liveApp, wrong } from "../support/live";

const live = liveApp();

const answerTo = async (line: string) =>
  (await db().select().from(doctorAnswers).where(eq(doctorAnswers.line, line)))[0];

test("an admin's answer is written down among what they did, or is not given", async () => {
  const admin = await anAdmin();
  const before = await answerTo("support");
  for (const [line, note] of [
    ["jobs", ""],
    ["toString", ""],
    ["support", "x".repeat(501)],
  ] as const)
    await expect(answerAs(admin, line, note)).rejects.toThrow();
  const allow = await refuseActions();
  await expect(answerAs(admin, "support", "")).rejects.toThrow();
  await allow();
  expect(await answerTo("support")).toEqual(before);
  expect(await actions()).toEqual([]);

  await answerAs(admin, "support", "https://example.com/help");
  expect(await answerTo("support")).toMatchObject({
    answeredBy: admin.email,
    userId: admin.userId,
  });
  expect(await actions()).toMatchObject([{ action: "doctor.answer", objectId: "support" }]);

  const { userId: workspaceId } = admin;
  await db().insert(accountDeletions).values({ workspaceId, polarEndedAt: new Date() });
  await forgetAccount(workspaceId);
  expect(await answerTo("support")).toMatchObject({ answeredBy: null, note: null });
  expect(wrong(await examine())).toEqual({});
});

test("without a worker jobs fail, and alerts once they are late; a host's cron shows by what it has done", async () => {
  await live().worker.stop();
  expect(wrong(await examine())).toEqual({ jobs: "fail" });
  await db().execute(sql`
    update graphile_worker._private_known_crontabs set last_execution = now() - interval '1 hour'
    where identifier = 'evaluate_alerts'`);
  expect(wrong(await examine())).toEqual({ jobs: "fail", alerting: "fail" });
  const source = { ...process.env, WORKER: "off", CRON_SECRET: "a secret of the host's cron" };
  await db().delete(reconcileRuns);
  expect(wrong(await examine({ source }))).toEqual({ jobs: "fail" });
  await db().insert(reconcileRuns).values({ mode: "repair", step: "orders" });
  expect(wrong(await examine({ source }))).toEqual({});
});

test("a clock that differs from Polar's is seen at its line", async () => {
  const source = { ...process.env, WORKER: "off", CRON_SECRET: "a secret of the host's cron" };
  await live().world.call("POST", "/_emulator/clock/advance", { seconds: 20 });
  expect(wrong(await examine({ source }))).toEqual({});
  await live().world.call("POST", "/_emulator/clock/advance", { seconds: 600 });
  expect(wrong(await examine({ source }))).toEqual({ clock: "fail" });
});
