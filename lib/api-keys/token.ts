import "server-only";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const prefix = "nsk";
const shape = new RegExp(`^${prefix}_([a-f0-9]{16})_([A-Za-z0-9_-]{43})$`);

/** A key as its owner holds it: a public part, by which it is found, and 256 secret bits. */
export type Token = { publicId: string; secret: string };

export function newToken(): Token {
  return {
    publicId: randomBytes(8).toString("hex"),
    secret: randomBytes(32).toString("base64url"),
  };
}

/** Such as `nsk_0123456789abcdef_…`: the start lets scanners know a leaked key for what it is. */
export function writeToken({ publicId, secret }: Token): string {
  return `${prefix}_${publicId}_${secret}`;
}

export function readToken(text: string): Token | null {
  const [, publicId, secret] = shape.exec(text) ?? [];
  return publicId && secret ? { publicId, secret } : null;
}

/** What of a key is shown once it was made. */
export function maskToken(publicId: string): string {
  return `${prefix}_${publicId}_…`;
}

/** The secret is random and long, so that a plain hash cannot be searched. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

export function isSecret(secret: string, hash: string): boolean {
  const given = Buffer.from(hashSecret(secret));
  const stored = Buffer.from(hash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}
