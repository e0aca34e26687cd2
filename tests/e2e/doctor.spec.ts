import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import type { Report } from "@/lib/doctor/examine";
import { signIn } from "./sign-in";

/** What the command says of the app that runs. */
async function doctor(): Promise<Report> {
  const args = ["--import", "./scripts/typescript.mjs", "scripts/doctor.ts", "--json"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return JSON.parse(await text(child.stdout));
}

test("of the app itself, on local services, what a machine can check is right or says that it is local", async () => {
  const { mayGoLive, polarEnvironment, lines } = await doctor();
  expect([mayGoLive, polarEnvironment]).toEqual([false, "local"]);
  const verdicts = Object.fromEntries(lines.map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toMatchObject({
    environment: "warn",
    "production-tokens": "fail",
    "signature-verification": "ok",
    "error-monitoring": "fail",
    metrics: "ok",
    alerting: "ok",
    "database-indexes": "ok",
    "rate-limiting": "ok",
    portal: "ok",
    email: "warn",
    catalog: "ok",
    jobs: "ok",
    headers: "ok",
  });
  // Other tests leave dead letters, of which this line warns.
  expect(verdicts["webhook-endpoint"]).not.toBe("fail");
});

test("an admin sees the same, and answers for a line without scripts", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, "admin@northstar.example");
  const without = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  const admin = await without.newPage();
  await admin.goto("/admin/doctor");
  await expect(admin.getByText("Do not go live yet")).toBeVisible();
  const line = admin.getByRole("listitem").filter({ hasText: "Team trained" });
  await line.getByLabel("Note on Team trained").fill("the runbook");
  await line.getByRole("button", { name: "Yes, I answer for it" }).click();
  await expect(admin.getByRole("status")).toContainText("recorded");
  await expect(line).toContainText("OK");
  await expect(line).toContainText(/has answered for it on .*: the runbook/);
  await admin.goto("/admin/audit");
  await expect(admin.getByText("Answered for a line of the checklist").first()).toBeVisible();
  await context.close();
  await without.close();
});
