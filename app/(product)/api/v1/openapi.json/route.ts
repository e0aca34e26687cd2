import { apiAllowOnly } from "@/lib/api/route";
import { env } from "@/lib/env";
import { apiDocument } from "../../../_api/document";

// The address of this deployment is known when it runs, not when it is built.
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(apiDocument(env().APP_URL));
}

export const { POST, PUT, PATCH, DELETE } = apiAllowOnly("GET");
