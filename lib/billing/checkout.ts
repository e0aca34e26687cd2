import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { checkoutIntents, products } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { count } from "@/lib/observability/metrics/counters";
import { currentTraceparent } from "@/lib/observability/tracing/span";
import { isInvalid, isUnavailable, polar } from "@/lib/polar";
import type { Attribution } from "./attribution";
import { type CatalogProduct, findProduct } from "./catalog";
import { findManaged } from "./changes/managed";
import { applyCode, DiscountRefusedError } from "./checkout-discount";
import { reflectCheckout } from "./checkout-intents";
import { EmailConflictError, ensureCustomer } from "./customer";
import { pullProducts } from "./mirror/pull";
import { asFarAsReadable } from "./mirror/read";
import { lockWorkspace } from "./mirror/store";

export type CheckoutFailure =
  | "unknown_product"
  | "archived_product"
  | "already_subscribed"
  | "email_conflict"
  | "discount_refused"
  | "unavailable";

export type CheckoutOptions = { next?: string | null; code?: string | null };

export type CheckoutResult = { url: string } | { failure: CheckoutFailure };

async function findPolarProduct(key: string): Promise<{ id: string; isArchived: boolean } | null> {
  const rows = await db().select().from(products).where(eq(products.key, key));
  return rows.find((row) => !row.isArchived) ?? rows[0] ?? null;
}

/** The product to sell. Polar is asked where ours is unknown or archived: its webhook may be on the way, or lost. */
async function polarProduct(key: string): Promise<{ id: string; isArchived: boolean } | null> {
  const known = await findPolarProduct(key);
  if (known && !known.isArchived) return known;
  await asFarAsReadable(pullProducts());
  return await findPolarProduct(key);
}

/** Polar refused a sale (422): whether that is because the product has been archived meanwhile. */
async function isArchivedByNow(key: string): Promise<boolean> {
  await asFarAsReadable(pullProducts());
  return (await findPolarProduct(key))?.isArchived ?? true;
}

/** Whoever has a subscription, paused or not, changes it instead of buying another. */
class AlreadySubscribedError extends Error {
  override name = "AlreadySubscribedError";
}

async function refuseSecondPlan(viewer: Viewer, product: CatalogProduct): Promise<void> {
  if (product.plan && (await findManaged(db(), viewer.workspaceId)))
    throw new AlreadySubscribedError();
}

function failureOf(error: unknown): CheckoutFailure | null {
  if (error instanceof AlreadySubscribedError) return "already_subscribed";
  if (error instanceof EmailConflictError) return "email_conflict";
  if (error instanceof DiscountRefusedError) return "discount_refused";
  if (isUnavailable(error)) return "unavailable";
  return null;
}

async function createAtPolar(
  viewer: Viewer,
  product: CatalogProduct,
  productId: string,
  metadata: Record<string, string>,
  { next, code }: CheckoutOptions,
) {
  const { APP_URL } = env();
  await ensureCustomer(viewer);
  // A customer that was Polar's before may have brought one along.
  await refuseSecondPlan(viewer, product);
  const checkout = await polar().checkouts.create({
    products: [productId],
    external_customer_id: viewer.workspaceId,
    success_url: `${APP_URL}/checkout/success?checkout_id={CHECKOUT_ID}${next ? `&next=${encodeURIComponent(next)}` : ""}`,
    return_url: `${APP_URL}/pricing`,
    allow_discount_codes: true,
    metadata,
  });
  if (code) await applyCode(checkout.client_secret, code);
  return checkout;
}

async function buy(
  viewer: Viewer,
  product: CatalogProduct,
  attribution: Attribution,
  options: CheckoutOptions,
): Promise<CheckoutResult> {
  const sold = await polarProduct(product.key);
  if (!sold) return { failure: "unavailable" };
  if (sold.isArchived) return { failure: "archived_product" };

  const metadata: Record<string, string> = { user_id: viewer.userId };
  for (const [name, value] of Object.entries(attribution)) if (value) metadata[name] = value;
  const [intent] = await db()
    .insert(checkoutIntents)
    .values({
      workspaceId: viewer.workspaceId,
      product: product.key,
      metadata,
      traceparent: currentTraceparent(),
    })
    .returning({ id: checkoutIntents.id });
  if (!intent) throw new Error("The checkout intent was not stored.");
  const settle = (values: Partial<typeof checkoutIntents.$inferInsert>) =>
    db().transaction(async (tx) => {
      await lockWorkspace(tx, viewer.workspaceId);
      await tx
        .update(checkoutIntents)
        .set(values)
        .where(and(eq(checkoutIntents.id, intent.id), eq(checkoutIntents.status, "pending")));
      // Its webhooks may have been here before Polar's answer.
      await reflectCheckout(tx, values.polarCheckoutId ?? null);
      if (values.polarCheckoutId) await count(tx, "checkouts_created", product.key);
    });

  try {
    const checkout = await createAtPolar(viewer, product, sold.id, metadata, options);
    await settle({ status: "open", polarCheckoutId: checkout.id });
    logger.info(
      {
        checkout_id: checkout.id,
        user_id: viewer.userId,
        product_id: sold.id,
        amount: checkout.total_amount,
      },
      "Checkout created",
    );
    return { url: checkout.url };
  } catch (error) {
    const isArchived = isInvalid(error) && (await isArchivedByNow(product.key));
    const failure = isArchived ? "archived_product" : failureOf(error);
    await settle({ status: "failed", failure: failure ?? "unexpected" });
    if (!failure) throw error;
    logger.warn({ user_id: viewer.userId, failure, err: error }, "Checkout not created");
    return { failure };
  }
}

/**
 * Begins to buy `productKey` for the viewer's workspace. The intent is stored first, then Polar's customer
 * is ensured, then the checkout made. Whoever has a subscription changes it instead of getting a second.
 *
 * @param options.next the page that the success page leads on to; see `nextPage`.
 * @param options.code a discount's code; one that Polar refuses makes no checkout.
 * @returns Polar's hosted checkout page, or why there is none.
 */
export async function startCheckout(
  viewer: Viewer,
  productKey: string,
  attribution: Attribution,
  options: CheckoutOptions = {},
): Promise<CheckoutResult> {
  const product = findProduct(productKey);
  if (!product) return { failure: "unknown_product" };
  try {
    await refuseSecondPlan(viewer, product);
    return await buy(viewer, product, attribution, options);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { failure };
  }
}
