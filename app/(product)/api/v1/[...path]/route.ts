import { apiProblem } from "@/lib/api/problem";

const missing = () =>
  apiProblem("not_found", "The API has no such address.", {
    action: { label: "API reference", path: "/api-reference" },
  });

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT };
