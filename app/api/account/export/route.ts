import { exportAccount } from "@/lib/account/export/stream";
import { getViewer } from "@/lib/auth";
import { allowOnly } from "@/lib/http/methods";
import { wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";
import { textStream } from "@/lib/http/text-stream";

export const GET = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer)
    return wantsPage(request)
      ? seeOther("/sign-in?callbackUrl=/settings")
      : problem(401, { code: "signed_out", message: "Sign in first." });
  return new Response(await textStream(exportAccount(viewer)), {
    headers: {
      "content-type": "application/json",
      "content-disposition": 'attachment; filename="northstar-account.json"',
      "cache-control": "private, no-store",
    },
  });
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
