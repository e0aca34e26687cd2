import { addressOf, noOrder } from "./address";

export type Expected = { anonymous: string; stranger: string; owner: string };
const everybody = (path: string): Expected => ({ anonymous: path, stranger: path, owner: path });
const signedIn = (path: string): Expected => ({ ...everybody(path), anonymous: "/sign-in" });
const signedOut = (path: string): Expected => ({ ...everybody("/dashboard"), anonymous: path });

/** There is no such page for anybody but an admin, who sees them in admin.spec.ts. */
const adminPages = [
  "/admin",
  "/admin/alerts",
  "/admin/audit",
  "/admin/customers",
  "/admin/customers/[workspaceId]",
  "/admin/doctor",
  "/admin/inbox",
  "/admin/inbox/[webhookId]",
  "/admin/jobs",
  "/admin/reconcile",
  "/admin/reconcile/[runId]",
];

/** Where each person ends up who opens a page. */
export const pages: Record<string, Expected> = {
  "/": everybody("/"),
  "/pricing": everybody("/pricing"),
  "/sign-in": signedOut("/sign-in"),
  "/sign-in/check-email": everybody("/sign-in/check-email"),
  "/sign-in/confirm": everybody("/sign-in/confirm"),
  "/sign-in/error": everybody("/sign-in/error"),
  "/dashboard": signedIn("/dashboard"),
  "/usage": signedIn("/usage"),
  "/billing": signedIn("/billing"),
  // Of an order that is nobody's; whose an invoice is, money-back.test.ts asks.
  "/billing/invoices/[orderId]": signedIn(`/billing/invoices/${noOrder}`),
  "/billing/plan": { anonymous: "/sign-in", stranger: "/pricing", owner: "/billing/plan" },
  "/keys": signedIn("/keys"),
  "/api-reference": everybody("/api-reference"),
  "/settings": signedIn("/settings"),
  "/settings/delete": signedIn("/settings/delete"),
  "/goodbye": everybody("/goodbye"),
  "/checkout/start": everybody("/pricing"),
  "/checkout/success": signedIn("/checkout/success"),
  ...Object.fromEntries(adminPages.map((page) => [page, everybody(addressOf(page))])),
  "/studio": { anonymous: "/sign-in", stranger: "/pricing", owner: "/studio" },
};
