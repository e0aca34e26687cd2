import { after } from "next/server";
import { applyWebhook } from "@/lib/billing/webhooks/apply";
import { receiveWebhook } from "@/lib/billing/webhooks/receive";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { timeReceipt } from "@/lib/observability/metrics/webhooks";

export const POST = route(async (request) => {
  const body = await readBody(request);
  const receipt = await timeReceipt(() => receiveWebhook(body, request.headers));
  if (receipt.status === "forged") {
    return problem(403, {
      code: "bad_signature",
      message: "The signature or the timestamp is not right.",
    });
  }
  if (receipt.status === "malformed") {
    return problem(400, { code: "malformed", message: "The body is not an event." });
  }
  after(() => applyWebhook(receipt.id, receipt));
  return Response.json({ received: true }, { status: 202 });
});

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
