const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something as far as its origin goes: it reads only, or the browser says
 * that it comes from `origin`. A request that says nothing of its origin is refused.
 */
export function isSameOrigin(
  request: { method: string; headers: Headers },
  origin: string,
): boolean {
  if (safeMethods.has(request.method)) return true;
  const claimed = request.headers.get("origin");
  if (claimed) return claimed === origin;
  return request.headers.get("sec-fetch-site") === "same-origin";
}
