import { expect, test } from "vitest";
import { consoleVisit, expectPage } from "../support/console";

const visit = consoleVisit();

test("every attempt of a webhook is there with what was sent and answered; a redelivery keeps its id", async () => {
  const { life, page, press, says } = visit;
  life.answer(500);
  await life.polar.products.update(life.products.pack.id, { name: "Renamed" });
  await life.settle();
  await expect.poll(life.arrived).toBe(2);
  const [first] = life.take();
  await page.goto("/console/webhooks?type=product.updated&state=delivered&q=Renamed");
  await page.getByRole("link", { name: "product.updated" }).click();
  await expectPage(page.getByRole("heading", { name: "Attempt 2" })).toBeVisible();
  const tried = page.getByRole("listitem").filter({ hasText: "Attempt 1" });
  await tried.getByText("Request headers").click();
  const headers = tried.getByRole("region", { name: "Request headers" });
  for (const name of ["webhook-id", "webhook-signature", "webhook-timestamp", "user-agent"])
    await expectPage(headers).toContainText(`${name}: ${first?.headers[name]}`);
  await expectPage(tried).toContainText("500");
  await page.getByText("As it is sent, byte for byte").click();
  const sent = page.getByRole("region", { name: "As it is sent, byte for byte" });
  expect(await sent.textContent()).toBe(first?.body);

  await press("Redeliver");
  await says("once more");
  await expect.poll(life.arrived).toBe(1);
  const [again] = life.take();
  expect(again?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  // The page shows it by itself.
  await expectPage(page.getByRole("heading", { name: "Attempt 3" })).toBeVisible();
});

test("an endpoint is disabled, enabled, signed otherwise and sent a test; its secret is shown when asked", async () => {
  const { life, page, press, says } = visit;
  const { id, secret } = life.endpoint;
  const shown = () => life.polar.webhooks.getWebhookEndpoint(id);
  await page.goto(`/console/endpoints/${id}`);
  await expectPage(page.getByText(secret)).toBeHidden();
  await page.getByText("Show", { exact: true }).click();
  await expectPage(page.getByText(secret)).toBeVisible();
  await press("Disable");
  await says("is disabled");
  expect((await shown()).enabled).toBe(false);
  await press("Enable");
  await says("is enabled");
  await press("Sign as legacy");
  await says("legacy");
  expect((await shown()).uses_standard_webhook_signature).toBe(false);
  await press("Send test event");
  await says("organization.updated");
  await expect.poll(life.arrived).toBe(1);
  expect(JSON.parse(life.take()[0]?.body ?? "").type).toBe("organization.updated");
});
