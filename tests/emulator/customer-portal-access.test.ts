import { createPolar } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";
import { portalOf, refusedWith } from "../support/portal";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

test("a session's token opens the portal's API, and nothing else does", async () => {
  const { customer } = await life.buy(life.products.plan, "opens");
  const { session, portal, own } = await portalOf(life, "opens");
  expect(await portal.customers.get()).toMatchObject({
    id: customer.id,
    email: "opens@example.com",
    oauth_accounts: {},
  });
  expect(await portal.customerSession.introspect()).toEqual({
    expires_at: session.expires_at,
    return_url: "https://shop.example/account",
  });
  expect(await portal.customerSession.getAuthenticatedUser()).toMatchObject({
    type: "customer",
    customer_id: customer.id,
  });
  await expect(own.products.list({})).rejects.toMatchObject(refusedWith(401));
  await expect(life.polar.customerPortal.customers.get()).rejects.toMatchObject(refusedWith(401));
  for (const accessToken of ["polar_cst_unknown", "nonsense"]) {
    const stranger = createPolar({ accessToken, baseUrl: life.emulator.url });
    const asked = stranger.customerPortal.customers.get();
    await expect(asked).rejects.toMatchObject(refusedWith(401));
  }
  await life.advance(0.05);
  await expect(portal.customers.get()).rejects.toMatchObject(refusedWith(401));
});

test("what is not emulated of it says so", async () => {
  await life.polar.customers.create({ email: "wallet@example.com", external_id: "wallet" });
  const { portal } = await portalOf(life, "wallet");
  await expect(portal.wallets.list({})).rejects.toMatchObject({ message: expect.any(String) });
  const { session } = await portalOf(life, "wallet");
  const response = await fetch(`${life.emulator.url}/v1/customer-portal/wallets/`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  expect(response.status).toBe(501);
  expect(((await response.json()) as { detail: string }).detail).toContain("wallets");
});

test("anybody sees the shop by its slug", async () => {
  const anybody = createPolar({ accessToken: "", baseUrl: life.emulator.url });
  const shop = await anybody.customerPortal.organizations.get("acme");
  expect(shop.organization).toMatchObject({ name: "Acme", slug: "acme" });
  expect(shop.products.map(({ name }) => name)).toContain("Pro");
  const none = anybody.customerPortal.organizations.get("nobody");
  await expect(none).rejects.toMatchObject(refusedWith(404));
});
