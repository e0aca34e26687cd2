import { getViewer } from "@/lib/auth";
import { openPortal } from "@/lib/billing/portal";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo } from "@/lib/http/person";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

const unavailable = "/billing?error=portal_unavailable";

export const GET = route((request) =>
  orSendTo(unavailable, request, async () => {
    const viewer = await getViewer();
    if (!viewer) return seeOther("/sign-in?callbackUrl=/billing");
    return (await openPortal(request, viewer)) ?? seeOther(unavailable);
  }),
);

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
