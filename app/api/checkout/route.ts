import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { attributionCookie, readAttribution } from "@/lib/billing/attribution";
import { type CheckoutFailure, startCheckout } from "@/lib/billing/checkout";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

const refusals: Record<CheckoutFailure, { status: number; message: string; page?: string }> = {
  unknown_product: { status: 404, message: "There is no such product." },
  archived_product: { status: 410, message: "This product is no longer sold." },
  already_subscribed: {
    status: 409,
    message: "You have a subscription already: change it in the billing portal.",
    page: "/billing",
  },
  email_conflict: {
    status: 409,
    message: "This e-mail address belongs to another customer. Please contact support.",
    page: "/pricing",
  },
  unavailable: {
    status: 503,
    message: "The checkout cannot be reached right now. Nothing was charged.",
    page: "/pricing",
  },
};

function refuse(request: NextRequest, failure: CheckoutFailure): Response {
  const { status, message, page } = refusals[failure];
  const isForm = request.headers.get("accept")?.includes("text/html");
  return isForm && page
    ? seeOther(`${page}?error=${failure}`)
    : problem(status, { code: failure, message });
}

export const POST = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer) return problem(401, { code: "signed_out", message: "Sign in first." });
  const form = new URLSearchParams(await readBody(request));
  const attribution = readAttribution(request.cookies.get(attributionCookie)?.value);
  const result = await startCheckout(viewer, form.get("product") ?? "", attribution);
  return "url" in result ? seeOther(result.url) : refuse(request, result.failure);
});

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
