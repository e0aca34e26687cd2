import { env } from "@/lib/env";
import { allowOnly } from "@/lib/http/methods";
import { route } from "@/lib/http/route";
import { answerScrape } from "@/lib/observability/metrics/answer";

export const dynamic = "force-dynamic";

export const GET = route((request) =>
  answerScrape(request.headers.get("authorization"), env().METRICS_TOKEN),
);

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
