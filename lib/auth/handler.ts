import "server-only";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { readBody } from "@/lib/http/body";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";
import { fieldsOf } from "./fields";
import { authOptions } from "./options";
import { safeReturnPath } from "./return-path";
import { confirmPath } from "./sign-in-link";

type RouteContext = { params: Promise<{ nextauth: string[] }> };
type Fields = Record<string, string>;

/** next-auth answers 500 to a `callbackUrl` that is no address, and 503 to some in a form. */
function withReturnUrl(fields: Fields): Fields {
  if (fields.callbackUrl === undefined) return fields;
  const { APP_URL } = env();
  const path = safeReturnPath(fields.callbackUrl, "/dashboard", APP_URL);
  return { ...fields, callbackUrl: new URL(path, APP_URL).href };
}

async function askNextAuth(
  request: NextRequest,
  context: RouteContext,
  query: Fields,
  form: Fields,
): Promise<Response> {
  const url = new URL(request.url);
  url.search = new URLSearchParams(withReturnUrl(query)).toString();
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/x-www-form-urlencoded");
  const isPost = request.method === "POST";
  const checked = new NextRequest(url, {
    method: request.method,
    headers,
    ...(isPost && { body: new URLSearchParams(withReturnUrl(form)).toString() }),
  });
  return await NextAuth(checked as never, context as never, authOptions());
}

/**
 * next-auth's own endpoints under /api/auth, behind the checks of every other route. One differs from
 * next-auth: a mailed token signs in by POST alone, which only our own pages can send; whoever opens the
 * address instead gets the page with the button. See docs/decisions/0012.
 */
export const authHandler = route<RouteContext>(async (request, context) => {
  const [action, provider] = (await context.params).nextauth;
  const isMailedToken = action === "callback" && provider === "email";
  const query = Object.fromEntries(request.nextUrl.searchParams);
  if (request.method !== "POST") {
    return isMailedToken ? seeOther(confirmPath(query)) : askNextAuth(request, context, query, {});
  }
  const form = fieldsOf(await readBody(request), request.headers.get("content-type"));
  if (!form) {
    return problem(400, {
      code: "malformed",
      message: "The body is neither a form nor a JSON object of texts.",
    });
  }
  // next-auth looks for the token in the address, where it would end up in logs.
  return await askNextAuth(request, context, isMailedToken ? form : query, form);
});
