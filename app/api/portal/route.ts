import { getViewer } from "@/lib/auth";
import { openPortal } from "@/lib/billing/portal";
import { allowOnly } from "@/lib/http/methods";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

export const GET = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer) return seeOther("/sign-in?callbackUrl=/billing");
  return (await openPortal(request, viewer)) ?? seeOther("/billing?error=portal_unavailable");
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
