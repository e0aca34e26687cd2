import { type NextRequest, NextResponse } from "next/server";
import {
  attributionCookie,
  attributionMaxAge,
  attributionOf,
  writeAttribution,
} from "@/lib/billing/attribution";
import {
  discountCodeCookie,
  discountCodeMaxAge,
  readDiscountCode,
} from "@/lib/billing/discount-code";
import { methodNotAllowed } from "@/lib/http/methods";
import { requestIdHeader } from "@/lib/http/request-id";
import { isSameOrigin } from "@/lib/http/same-origin";
import { contentSecurityPolicy, prerenderedHashes } from "@/lib/security/csp";

/** What comes from elsewhere and carries its own proof: Polar's webhooks, a host's cron, and calls with an API key. */
function isOpenToOthers(path: string): boolean {
  return path === "/api/webhooks/polar" || /^\/api\/(v1|cron)\//.test(path);
}
const polarForms = ["https://polar.sh", "https://*.polar.sh"];

function formTargets(): string[] {
  const local = process.env.POLAR_ENVIRONMENT === "local" ? process.env.POLAR_API_URL : undefined;
  return local ? [new URL(local).origin] : polarForms;
}

function refuse(): NextResponse {
  return NextResponse.json(
    { error: { code: "cross_origin", message: "This request must come from our own pages." } },
    { status: 403 },
  );
}

/**
 * Whether a page is asked for in a way that no page answers; Next would render it to any method. What a
 * server action is sent with passes: Next itself refuses one that does not exist.
 */
function isWrongForPage({ method, headers, nextUrl }: NextRequest): boolean {
  if (nextUrl.pathname.startsWith("/api/") || method === "GET" || method === "HEAD") return false;
  return !(method === "POST" && headers.has("next-action"));
}

/** The edge of every request: its id, where it came from, and the policy of what its page may run. */
export function proxy(request: NextRequest): Response {
  const { pathname, searchParams } = request.nextUrl;
  const origin = process.env.APP_URL ? new URL(process.env.APP_URL).origin : request.nextUrl.origin;
  if (isWrongForPage(request)) return methodNotAllowed("GET", "HEAD");
  if (!isOpenToOthers(pathname) && !isSameOrigin(request, origin)) return refuse();

  const nonce = crypto.randomUUID();
  const hashes = prerenderedHashes(pathname);
  const policy = contentSecurityPolicy({
    // Any address may turn out to be missing, and the page that says so is prerendered.
    scripts: hashes ?? [`'nonce-${nonce}'`, ...(prerenderedHashes("/_not-found") ?? [])],
    formTargets: formTargets(),
    isSecure: origin.startsWith("https:"),
    isDevelopment: process.env.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  const requestId = crypto.randomUUID();
  headers.set(requestIdHeader, requestId);
  if (!hashes) headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set(requestIdHeader, requestId);

  if (request.method === "GET" && !pathname.startsWith("/api/")) {
    const secure = origin.startsWith("https:");
    const keep = (name: string, value: string, maxAge: number) =>
      response.cookies.set(name, value, {
        httpOnly: true,
        sameSite: "lax",
        secure,
        maxAge,
        path: "/",
      });
    const attribution = attributionOf(searchParams);
    if (attribution) keep(attributionCookie, writeAttribution(attribution), attributionMaxAge);
    const code = pathname === "/pricing" ? readDiscountCode(searchParams.get("code")) : null;
    if (code) keep(discountCodeCookie, code, discountCodeMaxAge);
  }
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|theme.js|icon.svg|favicon.ico).*)"],
};
