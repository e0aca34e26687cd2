import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { type Refresh, refreshWorkspace } from "@/lib/billing/reconcile/refresh";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

const refusals: Record<
  Exclude<Refresh, "refreshed"> | "signed_out",
  { status: number; message: string; page: string; headers?: HeadersInit }
> = {
  signed_out: {
    status: 401,
    message: "Sign in first.",
    page: "/sign-in?callbackUrl=/billing",
  },
  too_soon: {
    status: 429,
    message: "This was refreshed just now. Please wait half a minute.",
    page: "/billing?error=refreshed_just_now",
    headers: { "retry-after": "30" },
  },
  unavailable: {
    status: 503,
    message: "The payment service cannot be reached right now.",
    page: "/billing?error=refresh_unavailable",
  },
};

function refuse(request: NextRequest, code: keyof typeof refusals): Response {
  const { status, message, page, headers } = refusals[code];
  return wantsPage(request) ? seeOther(page) : problem(status, { code, message }, headers);
}

export const POST = route((request) =>
  orSendTo("/billing?error=refresh_failed", request, async () => {
    const viewer = await getViewer();
    if (!viewer) return refuse(request, "signed_out");
    const outcome = await refreshWorkspace(viewer.workspaceId);
    return outcome === "refreshed" ? seeOther("/billing") : refuse(request, outcome);
  }),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
