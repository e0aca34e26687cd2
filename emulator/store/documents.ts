import type { models } from "@polar-sh/sdk/2026-10";
import type { Micros } from "../time.ts";

/** What is kept of each resource, a file for each. */
export type * from "./base.ts";
export type * from "./benefits.ts";
export type * from "./checkouts.ts";
export type * from "./customers.ts";
export type * from "./discounts.ts";
export type * from "./jobs.ts";
export type * from "./license-keys.ts";
export type * from "./orders.ts";
export type * from "./prices.ts";
export type * from "./products.ts";
export type * from "./seats.ts";
export type * from "./subscriptions.ts";
export type * from "./usage.ts";
export type * from "./webhooks.ts";

export interface SettingDoc {
  id: string;
  value: string | number;
}

export type OrganizationDoc = models.Organization;

export type { Micros };
