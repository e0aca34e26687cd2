import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { bearerOf } from "@/lib/http/bearer";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether an Authorization header carries `token` as a bearer; takes as long for any that does not. */
export function carriesToken(authorization: string | null | undefined, token: string): boolean {
  return timingSafeEqual(digest(bearerOf(authorization) ?? ""), digest(token));
}
