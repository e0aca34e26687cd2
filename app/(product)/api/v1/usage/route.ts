import { apiAllowOnly, apiRoute } from "@/lib/api/route";
import { getUsage } from "@/lib/usage";
import { usageBody } from "../../../_api/usage";

export const GET = apiRoute("usage:read", async ({ caller }) =>
  Response.json(usageBody(await getUsage(caller.workspaceId)), {
    headers: { "cache-control": "no-store" },
  }),
);

export const { POST, PUT, PATCH, DELETE } = apiAllowOnly("GET");
