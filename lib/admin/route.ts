import "server-only";
import type { NextRequest } from "next/server";
import { readBody } from "@/lib/http/body";
import { methodNotAllowed } from "@/lib/http/methods";
import { nowhere } from "@/lib/http/nowhere";
import { orSendTo, wantsPage } from "@/lib/http/person";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { seeOther } from "@/lib/http/see-other";
import { type Admin, getAdmin } from "./gate";

/**
 * What became of an admin's form: the page that it leads to, and the code of what that page says. `status` is for
 * programs, and is given for what was not done.
 */
export type Answer = { page: string; said: string; status?: 404 | 409 | 422 };

function answerTo(request: NextRequest, { page, said, status }: Answer): Response {
  if (status && !wantsPage(request))
    return problem(status, { code: said, message: "Nothing was done." });
  return seeOther(`${page}${page.includes("?") ? "&" : "?"}said=${said}`);
}

/**
 * A handler of a form in the admin. To whoever is no admin there is nothing here.
 *
 * @param page where a form leads that fails on our side.
 */
export function adminRoute(
  page: string,
  handle: (admin: Admin, form: URLSearchParams) => Promise<Answer>,
) {
  return route(async (request: NextRequest) => {
    const admin = await getAdmin();
    if (!admin) return nowhere();
    return await orSendTo(`${page}?said=failed`, request, async () =>
      answerTo(request, await handle(admin, new URLSearchParams(await readBody(request)))),
    );
  });
}

const refuse = route(async () => ((await getAdmin()) ? methodNotAllowed("POST") : nowhere()));

/** What every route of the admin answers to the methods that it does not have. */
export const adminPostOnly = { GET: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
