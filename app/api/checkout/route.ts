import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { attributionCookie, readAttribution } from "@/lib/billing/attribution";
import { findProduct } from "@/lib/billing/catalog";
import { type CheckoutFailure, startCheckout } from "@/lib/billing/checkout";
import { checkoutPath, nextPage } from "@/lib/billing/checkout-path";
import { discountCodeCookie, readDiscountCode } from "@/lib/billing/discount-code";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

type Refusal = { status: number; message: string; page: string };

const refusals: Record<CheckoutFailure, Refusal> = {
  unknown_product: {
    status: 404,
    message: "There is no such product.",
    page: "/pricing?error=unknown_product",
  },
  archived_product: {
    status: 410,
    message: "This product is no longer sold.",
    page: "/pricing?error=archived_product",
  },
  already_subscribed: {
    status: 409,
    message: "You have a subscription already: change it on the billing page.",
    page: "/billing?error=already_subscribed",
  },
  email_conflict: {
    status: 409,
    message: "This e-mail address belongs to another customer. Please contact support.",
    page: "/pricing?error=email_conflict",
  },
  discount_refused: {
    status: 422,
    message: "This code cannot be used for that. Nothing was charged.",
    page: "/pricing?error=discount_refused",
  },
  unavailable: {
    status: 503,
    message: "The checkout cannot be reached right now. Nothing was charged.",
    page: "/pricing?error=unavailable",
  },
};

/** A session that ended while the plans were looked at does not lose the choice. */
function signedOut(productKey: string, next: string | null): Refusal {
  const product = findProduct(productKey);
  const back = product ? checkoutPath(product.key, next) : "/pricing";
  return {
    status: 401,
    message: "Sign in first.",
    page: `/sign-in?callbackUrl=${encodeURIComponent(back)}`,
  };
}

function refuse(request: NextRequest, code: string, { status, message, page }: Refusal): Response {
  return wantsPage(request) ? seeOther(page) : problem(status, { code, message });
}

async function buy(request: NextRequest): Promise<Response> {
  const viewer = await getViewer();
  const form = new URLSearchParams(await readBody(request));
  const product = form.get("product") ?? "";
  const next = nextPage(form.get("next"));
  if (!viewer) return refuse(request, "signed_out", signedOut(product, next));
  const attribution = readAttribution(request.cookies.get(attributionCookie)?.value);
  const code = readDiscountCode(request.cookies.get(discountCodeCookie)?.value);
  const result = await startCheckout(viewer, product, attribution, { next, code });
  if ("url" in result) return seeOther(result.url);
  const refusal = refuse(request, result.failure, refusals[result.failure]);
  // The next try is one without it.
  if (result.failure === "discount_refused")
    refusal.headers.append("set-cookie", `${discountCodeCookie}=; Max-Age=0; Path=/`);
  return refusal;
}

export const POST = route((request) =>
  orSendTo("/pricing?error=failed", request, () => buy(request)),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
