import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { benefitGrants, checkoutIntents, orders } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { logger } from "@/lib/observability/logger";
import { isInvalid, isNotFound, isUnavailable, polar } from "@/lib/polar";
import type { CatalogProduct, ProductKey } from "./catalog";
import { readEntitlement } from "./entitlements";
import { pullWorkspace } from "./mirror/pull";
import { asFarAsReadable } from "./mirror/read";
import { productOf } from "./polar-product";

/** A checkout as its owner sees it. `ready` is whether what was bought can be used. */
export type CheckoutView = {
  state: "unknown" | "open" | "confirmed" | "succeeded" | "failed" | "expired" | "unreachable";
  product: ProductKey | null;
  productName: string | null;
  /** The trial that it starts: when that ends, and what is paid then, in minor units. */
  trial: { end: Date; amount: number; currency: string } | null;
  ready: boolean;
};

const nothing = { product: null, productName: null, trial: null, ready: false } as const;
const states = new Set<string>(["open", "confirmed", "succeeded", "failed", "expired"]);

async function isReady(
  workspaceId: string,
  checkoutId: string,
  product: CatalogProduct | undefined,
): Promise<boolean> {
  if (!product) return false;
  if (product.plan) {
    const entitlement = await readEntitlement(db(), workspaceId);
    return entitlement.product === product.key;
  }
  const granted = await db()
    .select({ id: benefitGrants.id })
    .from(orders)
    .innerJoin(benefitGrants, eq(benefitGrants.orderId, orders.id))
    .where(
      and(
        eq(orders.workspaceId, workspaceId),
        eq(orders.checkoutId, checkoutId),
        eq(orders.paid, true),
        isNotNull(benefitGrants.units),
        eq(benefitGrants.isGranted, true),
      ),
    );
  return granted.length > 0;
}

type PolarCheckout = Awaited<ReturnType<ReturnType<typeof polar>["checkouts"]["get"]>>;

function trialOf({ trial_end, total_amount, currency }: PolarCheckout): CheckoutView["trial"] {
  return trial_end ? { end: new Date(trial_end), amount: total_amount, currency } : null;
}

async function fetchOwn(viewer: Viewer, checkoutId: string) {
  if (!z.uuid().safeParse(checkoutId).success) return null;
  try {
    const checkout = await polar().checkouts.get(checkoutId);
    return checkout.external_customer_id === viewer.workspaceId ? checkout : null;
  } catch (error) {
    if (isNotFound(error) || isInvalid(error)) return null;
    throw error;
  }
}

/** Whether we made this checkout for the viewer's workspace: known without asking Polar. */
export async function isOwnCheckout(viewer: Viewer, checkoutId: string): Promise<boolean> {
  if (!z.uuid().safeParse(checkoutId).success) return false;
  const [intent] = await db()
    .select({ id: checkoutIntents.id })
    .from(checkoutIntents)
    .where(
      and(
        eq(checkoutIntents.polarCheckoutId, checkoutId),
        eq(checkoutIntents.workspaceId, viewer.workspaceId),
      ),
    );
  return intent !== undefined;
}

/** What is shown of a checkout that is not the viewer's, or none. */
export const unknownCheckout: CheckoutView = { state: "unknown", ...nothing };

/**
 * A checkout of the viewer's workspace as Polar has it; anybody else's, or none, is "unknown". One that
 * succeeded but whose webhooks have not arrived brings the workspace up to date at once.
 */
export async function viewCheckout(viewer: Viewer, checkoutId: string): Promise<CheckoutView> {
  try {
    const checkout = await fetchOwn(viewer, checkoutId);
    if (!checkout) return unknownCheckout;
    const product = checkout.product_id ? await productOf(db(), checkout.product_id) : undefined;
    const state = states.has(checkout.status) ? (checkout.status as CheckoutView["state"]) : "open";
    const about = {
      product: product?.key ?? null,
      productName: checkout.product?.name ?? null,
      trial: trialOf(checkout),
    };
    if (state !== "succeeded") return { state, ...about, ready: false };
    if (await isReady(viewer.workspaceId, checkout.id, product))
      return { state, ...about, ready: true };
    await asFarAsReadable(pullWorkspace(viewer.workspaceId));
    return { state, ...about, ready: await isReady(viewer.workspaceId, checkout.id, product) };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    logger.warn({ err: error }, "Polar could not be asked about a checkout");
    return { state: "unreachable", ...nothing };
  }
}
