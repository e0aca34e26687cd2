import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { changeSubscription } from "@/lib/billing/changes/perform";
import { readChange } from "@/lib/billing/changes/request";
import type { ChangeFailure } from "@/lib/billing/changes/rules";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

const refusals: Record<ChangeFailure | "signed_out" | "bad_change", [number, string]> = {
  signed_out: [401, "Sign in first."],
  bad_change: [
    400,
    "This is not a change that there is: send action, seen and what belongs to it.",
  ],
  no_subscription: [409, "There is no subscription to change."],
  unknown_product: [404, "There is no such plan."],
  archived_product: [410, "This plan is no longer sold."],
  changed_meanwhile: [409, "The subscription has changed meanwhile. Nothing was done."],
  change_in_progress: [409, "Another change is under way. Nothing was done."],
  payment_failed: [402, "The payment did not go through. The plan is as it was."],
  not_possible: [409, "That is not possible with the subscription as it is. Nothing was done."],
  change_unconfirmed: [503, "The payment service did not answer, so the change is not confirmed."],
};

function refuse(request: NextRequest, code: keyof typeof refusals): Response {
  const [status, message] = refusals[code];
  if (!wantsPage(request)) return problem(status, { code, message });
  return seeOther(
    code === "signed_out" ? "/sign-in?callbackUrl=/billing" : `/billing?error=${code}`,
  );
}

async function change(request: NextRequest): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return refuse(request, "signed_out");
  const wanted = readChange(new URLSearchParams(await readBody(request)));
  if (!wanted) return refuse(request, "bad_change");
  const result = await changeSubscription(viewer, wanted.change, wanted.seen);
  return "done" in result
    ? seeOther(`/billing?done=${result.done}`)
    : refuse(request, result.failure);
}

export const POST = route((request) =>
  orSendTo("/billing?error=failed", request, () => change(request)),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
