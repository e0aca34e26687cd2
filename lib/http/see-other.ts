/** A 303 to a path on this site or to an address that we made ourselves. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
