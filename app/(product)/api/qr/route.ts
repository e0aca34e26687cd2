import { createHash, randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import { getViewer } from "@/lib/auth";
import { getEntitlement } from "@/lib/billing/entitlements";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { spend } from "@/lib/usage";
import { renderCode } from "../../_qr/render";
import { type Code, codeSchema, isCustom } from "../../_qr/schema";

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

export const POST = route(async (request) => {
  const viewer = await getViewer();
  if (!viewer)
    return problem(401, {
      code: "signed_out",
      message: "Sign in first.",
      action: { label: "Sign in", href: "/sign-in" },
    });
  const body = await readBody(request);
  const code = parse(body);
  if (typeof code === "string") return problem(422, { code: "invalid", message: code });

  const entitlement = await getEntitlement(viewer.workspaceId);
  if (isCustom(code) && !entitlement.features.includes("custom_qr")) {
    return problem(403, {
      code: "feature_missing",
      message: "SVG and colors come with Pro.",
      action: { label: "See plans", href: "/pricing?feature=custom_qr" },
    });
  }
  const image = await renderCode(code);
  const spending = await spend(viewer.workspaceId, 1, keyOfUse(request, body));
  if (!spending.ok) {
    return problem(402, {
      code: spending.reason,
      message:
        spending.reason === "read_only"
          ? "A payment is overdue."
          : "This month's codes are used up.",
      action:
        spending.reason === "read_only"
          ? { label: "Pay now", href: "/billing" }
          : { label: "Get more", href: "/pricing" },
    });
  }
  return new Response(image.body, {
    headers: {
      "content-type": image.type,
      "cache-control": "no-store",
      "x-codes-remaining": String(spending.remaining),
    },
  });
});

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
