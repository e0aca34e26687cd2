import { expect, test } from "vitest";
import { startEmulator } from "@/emulator/server";
import { consoleVisit } from "../support/console";

const visit = consoleVisit();

test("an unknown page is 404, and a console that is switched off shows nothing", async () => {
  const { life } = visit;
  for (const path of ["/console/nothing", `/console/customers/${life.endpoint.id}`])
    expect((await fetch(life.emulator.url + path)).status).toBe(404);
  const closed = await startEmulator({ console: false });
  expect(await (await fetch(closed.url)).text()).toContain("switched off");
  expect((await fetch(`${closed.url}/console/customers`)).status).toBe(501);
  await closed.close();
});

test("a page of another origin can press no button", async () => {
  const { complaints, life, page } = visit;
  const { customer } = await life.buy(life.products.plan, "ada");
  const other = await startEmulator();
  await page.goto(other.url);
  const action = `${life.emulator.url}/console/customers/${customer.id}`;
  await page.evaluate((address) => {
    document.body.innerHTML = `<form method="post" action="${address}"><input name="action" value="delete"></form>`;
    document.forms[0]?.submit();
  }, action);
  await page.waitForURL(action);
  expect(await page.textContent("body")).toContain("ForeignOrigin");
  expect((await life.polar.customers.get(customer.id)).deleted_at).toBeNull();
  complaints.length = 0;
  await other.close();
});
