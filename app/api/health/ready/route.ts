import { allowOnly } from "@/lib/http/methods";
import { isDatabaseReady } from "@/lib/observability/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ready = await isDatabaseReady();
  return Response.json(
    { status: ready ? "ok" : "unavailable" },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
