import { getViewer } from "@/lib/auth";
import { openPortal } from "@/lib/billing/portal";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo } from "@/lib/http/person";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

export const GET = route((request) =>
  orSendTo("/billing?error=portal_unavailable", request, async () => {
    const viewer = await getViewer();
    if (!viewer) return seeOther("/sign-in?callbackUrl=/billing");
    const opened = await openPortal(request, viewer);
    return opened instanceof Response ? opened : seeOther(`/billing?error=${opened}`);
  }),
);

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
