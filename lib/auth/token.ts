import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/** A random seed for a sign-in link. It may be stored: without AUTH_SECRET it opens nothing. */
export function newSeed(): string {
  return randomBytes(24).toString("base64url");
}

/** The token that stands in the link of `seed`. */
export function tokenFromSeed(seed: string): string {
  const mac = createHmac("sha256", env().AUTH_SECRET)
    .update(`sign-in-link:${seed}`)
    .digest("base64url");
  return `${seed}.${mac}`;
}

/** The seed in a token that `tokenFromSeed` made. */
export function seedOfToken(token: string): string {
  return token.slice(0, token.indexOf("."));
}
