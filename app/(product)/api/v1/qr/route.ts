import { readJson } from "@/lib/api/body";
import { idempotencyKeyShape, nameOfUse } from "@/lib/api/idempotency";
import { apiProblem } from "@/lib/api/problem";
import { apiAllowOnly, apiRoute } from "@/lib/api/route";
import { type MakeRefusal, makeCode } from "../../../_qr/make";
import { codeSchema } from "../../../_qr/schema";

function refuse(reason: MakeRefusal): Response {
  if (reason === "feature_missing")
    return apiProblem("feature_missing", "SVG and colors come with Pro.", {
      action: { label: "See plans", path: "/pricing?feature=custom_qr" },
    });
  if (reason === "read_only")
    return apiProblem("payment_overdue", "A payment is overdue; what it pays for is on hold.", {
      action: { label: "Pay now", path: "/billing" },
    });
  if (reason === "spending_cap")
    return apiProblem("spending_cap_reached", "The spending cap for overage is reached.", {
      action: { label: "Change the cap", path: "/usage#spending-cap" },
    });
  return apiProblem("insufficient_credits", "This period's codes are used up.", {
    action: { label: "Get more", path: "/pricing" },
  });
}

export const POST = apiRoute("qr:write", async ({ request, caller, entitlement }) => {
  const key = request.headers.get("idempotency-key");
  if (key !== null && !idempotencyKeyShape.test(key))
    return apiProblem(
      "invalid_request",
      "An Idempotency-Key is 1 to 200 printable characters without blanks.",
    );
  const body = await readJson(request, codeSchema);
  if (body instanceof Response) return body;
  const use = await nameOfUse(caller.workspaceId, key, `qr\n${body.text}`);
  if (!use)
    return apiProblem(
      "idempotency_key_reused",
      "This Idempotency-Key came with another request before. Use a new one for each code.",
    );
  const made = await makeCode(caller.workspaceId, entitlement, body.data, {
    idempotencyKey: use,
    source: caller.keyId,
  });
  return made.ok ? new Response(made.body, { headers: made.headers }) : refuse(made.reason);
});

export const { GET, PUT, PATCH, DELETE } = apiAllowOnly("POST");
