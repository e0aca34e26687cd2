import { download } from "@/lib/http/download";
import { allowOnly } from "@/lib/http/methods";
import { usageCsv } from "@/lib/usage/csv";

export const GET = download({
  page: "/usage",
  name: "usage.csv",
  type: "text/csv; charset=utf-8",
  pieces: ({ workspaceId }) => usageCsv(workspaceId),
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
