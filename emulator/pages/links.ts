/** The address if it leads to a web page; a `javascript:` one, say, is nothing to link to. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
