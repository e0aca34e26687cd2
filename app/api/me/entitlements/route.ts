import { getViewer } from "@/lib/auth";
import { getEntitlement } from "@/lib/billing/entitlements";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";

export const GET = route(async () => {
  const viewer = await getViewer();
  if (!viewer) return problem(401, { code: "signed_out", message: "Sign in first." });
  const entitlement = await getEntitlement(viewer.workspaceId);
  return Response.json(entitlement, { headers: { "cache-control": "private, no-store" } });
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
