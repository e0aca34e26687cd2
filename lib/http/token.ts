import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { bearerOf } from "./bearer";
import { problem } from "./problem";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Takes as long for any bearer that is not `token`. */
function carriesToken(authorization: string | null | undefined, token: string): boolean {
  return timingSafeEqual(digest(bearerOf(authorization) ?? ""), digest(token));
}

/**
 * Why a caller who must send `token` as a bearer is refused, or null: 404 while there is no token, 401 to whoever
 * does not send it.
 *
 * @param guarded.what there is none of without the token, for the sentence that says so.
 * @param guarded.variable the token's name.
 */
export function refusal(
  authorization: string | null | undefined,
  token: string | undefined,
  guarded: { what: string; variable: string },
): Response | null {
  if (!token)
    return problem(404, {
      code: "off",
      message: `There are no ${guarded.what}: ${guarded.variable} is not set.`,
    });
  if (carriesToken(authorization, token)) return null;
  return problem(
    401,
    { code: "unauthenticated", message: `Send ${guarded.variable}: Authorization: Bearer …` },
    { "www-authenticate": "Bearer" },
  );
}
