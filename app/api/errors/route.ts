import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { reportBrowserError } from "@/lib/observability/errors/browser";

export const POST = route(async (request) =>
  reportBrowserError(await readBody(request))
    ? new Response(null, { status: 204 })
    : problem(400, { code: "malformed", message: "The body does not tell of an error." }),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
