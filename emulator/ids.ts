import { randomBytes, randomUUID } from "node:crypto";

/** A UUID v4, as all of Polar's ids are. */
export function newId(): string {
  return randomUUID();
}

/** A secret with Polar's prefix, for example `polar_c_…` for a checkout. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url").replace(/[-_]/g, "x").slice(0, 43)}`;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Ten capital letters, as in Polar's invoice numbers. */
export function newShortId(): string {
  return [...randomBytes(10)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
