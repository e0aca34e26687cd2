/**
 * The Content-Security-Policy under which the pages work. `form-action` stays open, as browsers
 * would hold it against the redirect to the shop after a payment.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'nonce-${nonce}'`,
    // The page of a running payment asks how it is.
    "connect-src 'self'",
    // The empty icon, which keeps browsers from asking for one.
    "img-src data:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
