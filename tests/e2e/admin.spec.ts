import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { closeDb, db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { enqueue } from "@/lib/jobs/enqueue";
import { envelope, subscription } from "../support/webhooks";
import { addressOf, noOrder } from "./access/address";
import { pages as everyPage } from "./access/pages";
import { signIn } from "./sign-in";

const origin = process.env.APP_URL ?? "";
const subject = randomUUID();
const deadLetters = [randomUUID(), randomUUID()];

let admin: Page;
let stranger: { page: Page; id: string };
let withoutScripts: Page;

/** A job of the engine's that was given up, of which nobody tries again. */
async function givenUpJob(): Promise<void> {
  await enqueue(
    db(),
    "pull_workspace",
    { workspaceId: subject },
    { runAt: new Date(Date.now() + 86_400_000) },
  );
  await db().execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'a fault of ours'
    where payload->>'workspaceId' = ${subject}`);
}

async function newPage(browser: Browser): Promise<Page> {
  return await (await browser.newContext()).newPage();
}

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  admin = await newPage(browser);
  await signIn(admin, "admin@northstar.example");
  const page = await newPage(browser);
  await signIn(page);
  const { user } = await (await page.request.get("/api/auth/session")).json();
  stranger = { page, id: user.id };
  withoutScripts = await (
    await browser.newContext({
      javaScriptEnabled: false,
      storageState: await admin.context().storageState(),
    })
  ).newPage();
  for (const webhookId of deadLetters)
    await db()
      .insert(webhookInbox)
      .values({
        webhookId,
        type: "subscription.active",
        body: envelope("subscription.active", subscription(stranger.id)),
        status: "failed",
        attempts: 10,
        lastError: "a fault of ours",
      });
  await givenUpJob();
});

test.afterAll(closeDb);

test("the way in is shown to an admin alone, and to others there is nothing behind it", async () => {
  await stranger.page.goto("/dashboard");
  await expect(stranger.page.getByRole("link", { name: "Settings" })).toBeVisible();
  await expect(stranger.page.getByRole("link", { name: "Admin" })).toHaveCount(0);
  await stranger.page.goto("/admin");
  await expect(stranger.page.getByRole("heading", { name: "Off the chart" })).toBeVisible();
  const nothing = await (await stranger.page.request.get("/api/nothing")).text();
  for (const path of ["/api/admin", "/api/admin/jobs", "/api/admin/inbox/replay"]) {
    const answer = await stranger.page.request.post(path, { headers: { origin } });
    expect([answer.status(), await answer.text()]).toEqual([404, nothing]);
  }
  await admin.goto("/dashboard");
  await admin.getByRole("link", { name: "Admin" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

/** What is there to be opened, in place of what stands for nothing. */
async function pathOf(page: string): Promise<string> {
  const path = addressOf(page);
  if (!path.endsWith(noOrder)) return path;
  if (page.includes("workspaceId")) return `/admin/customers/${stranger.id}`;
  if (page.includes("webhookId")) return `/admin/inbox/${deadLetters[0]}`;
  await admin.goto("/admin/reconcile");
  const run = admin.getByRole("list", { name: "Comparisons" }).getByRole("link").first();
  return (await run.getAttribute("href")) ?? "";
}

test("a comparison is started without scripts, once for two clicks", async () => {
  await withoutScripts.goto("/admin/reconcile");
  await withoutScripts.getByRole("button", { name: "Compare now" }).click();
  await expect(withoutScripts.getByRole("status")).toContainText(/A (job|comparison)/);
  await admin.goto("/admin/reconcile");
  await expect(admin.getByText("Finished", { exact: true }).first()).toBeVisible();
});

for (const page of Object.keys(everyPage).filter((each) => each.startsWith("/admin")))
  test(`${page} is accessible on a phone and a desktop, by day and by night`, async () => {
    const path = await pathOf(page);
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
    ] as const) {
      await admin.setViewportSize({ width, height });
      for (const colorScheme of ["light", "dark"] as const) {
        await admin.emulateMedia({ colorScheme });
        // Anew each time: colors change over a moment, in which they are neither.
        expect((await admin.goto(path))?.status()).toBe(200);
        await expect(admin.getByRole("heading", { level: 1 })).toBeVisible();
        expect((await new AxeBuilder({ page: admin }).analyze()).violations).toEqual([]);
      }
      const beyond = () => document.documentElement.scrollWidth - window.innerWidth;
      expect(await admin.evaluate(beyond)).toBeLessThanOrEqual(0);
    }
  });

test("without scripts a dead letter is replayed, and then those of a filter", async () => {
  const [one, other] = deadLetters;
  await withoutScripts.goto(`/admin/inbox/${one}`);
  await expect(withoutScripts.getByText("a fault of ours")).toBeVisible();
  await withoutScripts.getByRole("button", { name: "Replay" }).click();
  await expect(withoutScripts.getByRole("status")).toContainText("was applied");
  await expect(withoutScripts.getByRole("button", { name: "Replay" })).toHaveCount(0);

  await withoutScripts.goto("/admin/inbox");
  await withoutScripts.getByLabel("Status").selectOption("failed");
  await withoutScripts.getByLabel("Type").fill("subscription.active");
  await withoutScripts.getByRole("button", { name: "Filter" }).click();
  await expect(withoutScripts.getByText(other ?? "")).toBeVisible();
  await withoutScripts.getByRole("button", { name: "Replay all of these" }).click();
  await expect(withoutScripts.getByRole("status")).toContainText("taken up again");
  await expect(withoutScripts.getByText("There is no webhook of this kind.")).toBeVisible();
});

test("without scripts a given-up job is deleted", async () => {
  await withoutScripts.goto("/admin/jobs?state=given_up");
  const job = withoutScripts.getByRole("listitem").filter({ hasText: "a fault of ours" });
  await job.getByText("Delete", { exact: true }).click();
  await job.getByRole("button", { name: /Delete for good/ }).click();
  await expect(withoutScripts.getByRole("status")).toContainText("deleted");
  await expect(withoutScripts.getByText("a fault of ours")).toHaveCount(0);
});

test("a customer is found, with what happened to them, and what the admin did is on the record", async () => {
  await admin.setViewportSize({ width: 1280, height: 800 });
  await admin.goto("/admin/customers");
  await admin.getByLabel(/E-mail address/).fill(stranger.id);
  await admin.getByRole("button", { name: "Search" }).click();
  await admin.getByRole("list", { name: "Customers" }).getByRole("link").click();
  const timeline = admin.getByRole("list", { name: "What happened" });
  await expect(timeline.getByText("Subscription seen").first()).toBeVisible();
  await admin.getByRole("link", { name: "Audit" }).click();
  for (const done of ["Replayed a webhook", "Replayed dead letters", "Deleted a job"])
    await expect(admin.getByText(done).first()).toBeVisible();
});

test("what is no action is refused in words, and an unknown method too", async () => {
  const post = (path: string, form: Record<string, string>) =>
    admin.request.post(path, { form, headers: { origin }, maxRedirects: 0 });
  expect((await post("/api/admin/jobs", { id: "1", action: "burn" })).status()).toBe(422);
  expect((await post("/api/admin/jobs", { id: "1", action: "delete" })).status()).toBe(409);
  expect((await post("/api/admin/inbox/replay", { age: "century" })).status()).toBe(422);
  expect((await post("/api/admin/inbox/replay", { id: randomUUID() })).status()).toBe(409);
  for (const path of ["/api/admin/jobs", "/api/admin/reconcile", "/api/admin/inbox/replay"]) {
    const answer = await admin.request.get(path);
    expect([answer.status(), answer.headers().allow]).toEqual([405, "POST"]);
  }
});
