import { revokeApiKey } from "@/lib/api-keys";
import { getViewer } from "@/lib/auth";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

export const POST = route((request) =>
  orSendTo("/keys?said=failed", request, async () => {
    const viewer = await getViewer();
    if (!viewer)
      return wantsPage(request)
        ? seeOther("/sign-in?callbackUrl=/keys")
        : problem(401, { code: "signed_out", message: "Sign in first." });
    const id = new URLSearchParams(await readBody(request)).get("id") ?? "";
    if (await revokeApiKey(viewer, id)) return seeOther("/keys?said=revoked");
    return wantsPage(request)
      ? seeOther("/keys?said=unknown")
      : problem(404, { code: "unknown_key", message: "There is no such key." });
  }),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
