/**
 * `value` when it is a path on this site, else `fallback`: so that no link of ours leads elsewhere.
 * A full address is accepted only when its origin is `origin`.
 */
export function safeReturnPath(
  value: string | string[] | null | undefined,
  fallback = "/dashboard",
  origin?: string,
): string {
  const given = Array.isArray(value) ? value[0] : value;
  if (!given) return fallback;
  const base = origin ?? "http://northstar.invalid";
  try {
    const url = new URL(given, base);
    if (url.origin !== new URL(base).origin) return fallback;
    // A backslash or a second slash at the start is another host to some browsers.
    if (url.pathname.startsWith("//") || url.pathname.includes("\\")) return fallback;
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return fallback;
  }
}
