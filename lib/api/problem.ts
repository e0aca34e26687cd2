import "server-only";
import { env } from "@/lib/env";
import { type ApiProblem, apiProblems, problemAnchor } from "./problems";

/**
 * An error as RFC 9457 has it (application/problem+json).
 *
 * @param more.errors what is wrong with which field.
 * @param more.action the way out: a path on this site, which the answer holds as a whole address.
 */
export function apiProblem(
  name: ApiProblem,
  detail: string,
  more: {
    errors?: { field: string; message: string }[];
    action?: { label: string; path: string };
    headers?: Record<string, string>;
  } = {},
): Response {
  const [status, title] = apiProblems[name];
  const { APP_URL } = env();
  const { errors, action, headers } = more;
  const body = {
    type: `${APP_URL}/api-reference#${problemAnchor(name)}`,
    title,
    status,
    detail,
    code: name,
    ...(errors ? { errors } : {}),
    ...(action ? { action: { label: action.label, href: `${APP_URL}${action.path}` } } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}
