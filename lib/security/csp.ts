import "server-only";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Pages that are prerendered and hold nothing of a session: their inline scripts are known by hash. */
const prerendered: Record<string, string> = {
  "/": "index",
  "/sign-in/check-email": "sign-in/check-email",
  "/_not-found": "_not-found",
};
const hashes = new Map<string, readonly string[] | null>();

/** The `'sha256-…'` sources of the inline scripts in `html`. */
export function inlineScriptHashes(html: string): string[] {
  const found = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [
    ...new Set(
      [...found].map(
        (match) =>
          `'sha256-${createHash("sha256")
            .update(match[1] ?? "")
            .digest("base64")}'`,
      ),
    ),
  ];
}

/** Hashes for a page that was prerendered at build time, or null for one that is not. */
export function prerenderedHashes(path: string): readonly string[] | null {
  const page = Object.hasOwn(prerendered, path) ? prerendered[path] : undefined;
  if (!page || process.env.NODE_ENV !== "production") return null;
  let known = hashes.get(page);
  if (known === undefined) {
    try {
      known = inlineScriptHashes(
        readFileSync(join(process.cwd(), ".next/server/app", `${page}.html`), "utf8"),
      );
    } catch {
      known = null;
    }
    hashes.set(page, known);
  }
  return known;
}

/**
 * The Content-Security-Policy. Scripts run only from here, and inline ones only with `scripts` (a nonce or
 * hashes). Forms may lead to `formTargets`, because browsers hold redirects after a form to the same rule.
 */
export function contentSecurityPolicy(options: {
  scripts: readonly string[];
  formTargets: readonly string[];
  isSecure: boolean;
  isDevelopment: boolean;
}): string {
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'self'"],
    "script-src": [
      "'self'",
      ...options.scripts,
      ...(options.isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": [
      "'self'",
      "data:",
      "blob:",
      "https://avatars.githubusercontent.com",
      "https://lh3.googleusercontent.com",
    ],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(options.isDevelopment ? ["ws:"] : [])],
    "form-action": ["'self'", ...options.formTargets],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    ...(options.isSecure ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
