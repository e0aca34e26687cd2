import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";
import { readCap, setSpendingCap } from "@/lib/usage/spending-cap";

const pageWith = (outcome: "set" | "removed" | "invalid" | "failed") =>
  `/usage?cap=${outcome}#spending-cap`;

const refusals = {
  signed_out: [401, "Sign in first.", "/sign-in?callbackUrl=/usage"],
  invalid: [
    422,
    "Send `amount` as a sum such as 20 or 20.50, or empty for no cap.",
    pageWith("invalid"),
  ],
} as const;

function refuse(request: NextRequest, code: keyof typeof refusals): Response {
  const [status, message, page] = refusals[code];
  return wantsPage(request) ? seeOther(page) : problem(status, { code, message });
}

export const POST = route((request) =>
  orSendTo(pageWith("failed"), request, async () => {
    const viewer = await getViewer();
    if (!viewer) return refuse(request, "signed_out");
    const amount = readCap(new URLSearchParams(await readBody(request)));
    if (amount === undefined) return refuse(request, "invalid");
    await setSpendingCap(viewer.workspaceId, viewer.userId, amount);
    return seeOther(pageWith(amount === null ? "removed" : "set"));
  }),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
