import { getViewer } from "@/lib/auth";
import { allowOnly } from "@/lib/http/methods";
import { wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";
import { textStream } from "@/lib/http/text-stream";
import { usageCsv } from "@/lib/usage/csv";

export const GET = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer)
    return wantsPage(request)
      ? seeOther("/sign-in?callbackUrl=/usage")
      : problem(401, { code: "signed_out", message: "Sign in first." });
  return new Response(await textStream(usageCsv(viewer.workspaceId)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="usage.csv"',
      "cache-control": "private, no-store",
    },
  });
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
