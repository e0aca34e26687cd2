import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { attributionCookie, readAttribution } from "@/lib/billing/attribution";
import { type CheckoutFailure, startCheckout } from "@/lib/billing/checkout";
import { nextPage } from "@/lib/billing/checkout-path";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

type Refusal = { status: number; message: string; page: string };

const refusals: Record<CheckoutFailure | "signed_out", Refusal> = {
  signed_out: {
    status: 401,
    message: "Sign in first.",
    page: "/sign-in?callbackUrl=/pricing",
  },
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
    message: "You have a subscription already: change it in the billing portal.",
    page: "/billing?error=already_subscribed",
  },
  email_conflict: {
    status: 409,
    message: "This e-mail address belongs to another customer. Please contact support.",
    page: "/pricing?error=email_conflict",
  },
  unavailable: {
    status: 503,
    message: "The checkout cannot be reached right now. Nothing was charged.",
    page: "/pricing?error=unavailable",
  },
};

function refuse(request: NextRequest, code: keyof typeof refusals): Response {
  const { status, message, page } = refusals[code];
  return wantsPage(request) ? seeOther(page) : problem(status, { code, message });
}

async function buy(request: NextRequest): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return refuse(request, "signed_out");
  const form = new URLSearchParams(await readBody(request));
  const attribution = readAttribution(request.cookies.get(attributionCookie)?.value);
  const next = nextPage(form.get("next"));
  const result = await startCheckout(viewer, form.get("product") ?? "", attribution, next);
  return "url" in result ? seeOther(result.url) : refuse(request, result.failure);
}

export const POST = route((request) =>
  orSendTo("/pricing?error=failed", request, () => buy(request)),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
