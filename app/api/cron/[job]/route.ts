import { env } from "@/lib/env";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { refusal } from "@/lib/http/token";
import { runForCron } from "@/lib/jobs/cron";

export const dynamic = "force-dynamic";
/** Seconds that the host grants, where it asks: CRON_SECONDS, and time for the last jobs. */
export const maxDuration = 120;

export const GET = route(async (request, context: RouteContext<"/api/cron/[job]">) => {
  const refused = refusal(request.headers.get("authorization"), env().CRON_SECRET, {
    what: "jobs here",
    variable: "CRON_SECRET",
  });
  if (refused) return refused;
  const { job } = await context.params;
  const run = await runForCron(job);
  if (!run) return problem(404, { code: "unknown_job", message: "There is no such job." });
  return Response.json({ job, ...run }, { headers: { "cache-control": "no-store" } });
});
export const POST = GET;

export const { PUT, PATCH, DELETE } = allowOnly("GET", "POST");
