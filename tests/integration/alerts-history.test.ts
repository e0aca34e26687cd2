import { execFile } from "node:child_process";
import { once } from "node:events";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { alerts } from "@/db/schema";
import { purgeAlerts } from "@/lib/alerts/purge";
import { settleAlert } from "@/lib/alerts/settle";
import { ago, watchedWorld, webhooks } from "../support/alerts";

watchedWorld();

test("the command shows what is wrong and what was, and looks anew when asked", async () => {
  const run = async (...args: string[]) => {
    const started = execFile(
      process.execPath,
      ["--import", "./scripts/typescript.mjs", "scripts/alerts.ts", ...args],
      { env: process.env },
    );
    let output = "";
    started.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    const [code] = await once(started, "close");
    return { code, output };
  };
  const dead = await webhooks(2, { status: "failed" });
  const shown = await run("evaluate");
  expect(shown.code).toBe(1);
  expect(shown.output).toMatch(
    /WARNING {2}dead_webhooks\n {2}Webhooks given up \(npm run inbox\): 2\./,
  );
  expect(shown.output).toMatch(/1 open, \d+ over/);
  await dead();
  const over = await run("evaluate");
  expect(over).toMatchObject({ code: 0, output: expect.stringMatching(/0 open/) });
});

test("alerts that have long been over are forgotten, and one that is open is not", async () => {
  const finding = { severity: "warning", summary: "Long ago." } as const;
  const then = ago(91 * 86_400);
  await db()
    .insert(alerts)
    .values([
      { key: "old", ...finding, openedAt: then, resolvedAt: then },
      { key: "old", ...finding, openedAt: then },
    ]);
  await purgeAlerts();
  const left = await db().select().from(alerts).where(eq(alerts.key, "old"));
  expect(left.map(({ resolvedAt }) => resolvedAt)).toEqual([null]);
  await settleAlert("old", async () => null);
});
