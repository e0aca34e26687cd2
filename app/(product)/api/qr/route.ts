import { createHash, randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import { countRequest } from "@/lib/api/quota";
import { getViewer } from "@/lib/auth";
import { getEntitlement } from "@/lib/billing/entitlements";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { rateLimitHeaders } from "@/lib/rate-limit";
import { makeCode } from "../../_qr/make";
import { type Code, codeSchema } from "../../_qr/schema";

function parse(body: string): Code | string {
  try {
    const result = codeSchema.safeParse(JSON.parse(body));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    return `${issue?.path.join(".") || "The body"} ${issue?.message ?? "is not right"}.`;
  } catch {
    return "The body is not JSON.";
  }
}

/**
 * Names this use. A repeated key makes a repeated request one use, but only of the same code: whoever sends
 * one key with every code pays for each.
 */
function keyOfUse(request: NextRequest, body: string): string {
  const key = request.headers.get("idempotency-key") ?? randomUUID();
  return createHash("sha256").update(`${key}\n${body}`).digest("base64url");
}

const refusals = {
  feature_missing: [
    403,
    "SVG and colors come with Pro.",
    "See plans",
    "/pricing?feature=custom_qr",
  ],
  read_only: [402, "A payment is overdue.", "Pay now", "/billing"],
  spending_cap: [402, "Your spending cap is reached.", "Change the cap", "/usage#spending-cap"],
  allowance: [402, "This month's codes are used up.", "Get more", "/pricing"],
} as const;

function refuse(code: keyof typeof refusals): Response {
  const [status, message, label, href] = refusals[code];
  return problem(status, { code, message, action: { label, href } });
}

export const POST = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer)
    return problem(401, {
      code: "signed_out",
      message: "Sign in first.",
      action: { label: "Sign in", href: "/sign-in" },
    });
  const entitlement = await getEntitlement(viewer.workspaceId);
  const standing = await countRequest(viewer.workspaceId, entitlement);
  if (!standing.allowed)
    return problem(
      429,
      {
        code: "rate_limited",
        message: `That was a lot at once. Try again in ${standing.resetSeconds} seconds.`,
      },
      rateLimitHeaders(standing),
    );
  const body = await readBody(request);
  const code = parse(body);
  if (typeof code === "string") return problem(422, { code: "invalid", message: code });

  const made = await makeCode(viewer.workspaceId, entitlement, code, {
    idempotencyKey: keyOfUse(request, body),
  });
  return made.ok ? new Response(made.body, { headers: made.headers }) : refuse(made.reason);
});

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
