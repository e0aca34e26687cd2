import { createApiKey, mostKeys } from "@/lib/api-keys";
import { keyRequest } from "@/lib/api-keys/request";
import { getViewer } from "@/lib/auth";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const POST = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer) return problem(401, { code: "signed_out", message: "Sign in first." });
  const wanted = keyRequest.safeParse(parse(await readBody(request)));
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    return problem(422, { code: "invalid", message: issue?.message ?? "The body is not right." });
  }
  const made = await createApiKey(viewer, wanted.data);
  if (!made)
    return problem(409, {
      code: "too_many_keys",
      message: `There are ${mostKeys} keys that work. Revoke one first.`,
    });
  return Response.json(made, { status: 201, headers: { "cache-control": "no-store" } });
});

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
