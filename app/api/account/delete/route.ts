import type { NextRequest } from "next/server";
import { requestDeletion } from "@/lib/account/deletion/request";
import { getViewer } from "@/lib/auth";
import { readBody } from "@/lib/http/body";
import { allowOnly } from "@/lib/http/methods";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";

const refusals = {
  signed_out: {
    status: 401,
    message: "Sign in first.",
    page: "/sign-in?callbackUrl=/settings/delete",
  },
  address_differs: {
    status: 422,
    message: "Send the account's own e-mail address as email. Nothing was deleted.",
    page: "/settings/delete?error=address_differs",
  },
} as const;

function refuse(request: NextRequest, code: keyof typeof refusals): Response {
  const { status, message, page } = refusals[code];
  return wantsPage(request) ? seeOther(page) : problem(status, { code, message });
}

async function remove(request: NextRequest): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return refuse(request, "signed_out");
  const form = new URLSearchParams(await readBody(request));
  const result = await requestDeletion(viewer, form.get("email") ?? "");
  if (result === "address_differs") return refuse(request, result);
  return seeOther(result === "deleted" ? "/goodbye?done" : "/goodbye");
}

export const POST = route((request) =>
  orSendTo("/settings/delete?error=failed", request, () => remove(request)),
);

export const { GET, PUT, PATCH, DELETE } = allowOnly("POST");
