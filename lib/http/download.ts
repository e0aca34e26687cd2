import "server-only";
import type { NextRequest } from "next/server";
import { getViewer, type Viewer } from "@/lib/auth";
import { wantsPage } from "./person";
import { problem } from "./problem";
import { route } from "./route";
import { seeOther } from "./see-other";
import { textStream } from "./text-stream";

/** A file that is made as it is read. `page` is where it is asked for: a browser that is signed out comes back there. */
type Download = {
  page: string;
  name: string;
  type: string;
  pieces: (viewer: Viewer) => AsyncGenerator<string>;
};

/** The handler that gives the signed-in viewer a file of their own. */
export function download({ page, name, type, pieces }: Download) {
  return route(async (request: NextRequest) => {
    const viewer = await getViewer();
    if (!viewer)
      return wantsPage(request)
        ? seeOther(`/sign-in?callbackUrl=${page}`)
        : problem(401, { code: "signed_out", message: "Sign in first." });
    return new Response(await textStream(pieces(viewer)), {
      headers: {
        "content-type": type,
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "private, no-store",
      },
    });
  });
}
