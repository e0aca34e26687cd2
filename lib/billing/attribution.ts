import { z } from "zod";

/** The cookie in which a landing visit's origin waits for a checkout. */
export const attributionCookie = "northstar_from";
/** How long it is kept, in seconds. */
export const attributionMaxAge = 30 * 86_400;

// Letters, digits and a few signs: no address, name or e-mail fits in.
const word = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9._-]+$/);
const schema = z.object({
  source: word.optional().catch(undefined),
  campaign: word.optional().catch(undefined),
  referrer: word.optional().catch(undefined),
});

export type Attribution = z.infer<typeof schema>;

/** Where a visit came from, as its address says; null when it says nothing usable. */
export function attributionOf(query: URLSearchParams): Attribution | null {
  const found = schema.parse({
    source: query.get("source") ?? query.get("utm_source") ?? undefined,
    campaign: query.get("campaign") ?? query.get("utm_campaign") ?? undefined,
    referrer: query.get("referrer") ?? undefined,
  });
  return Object.values(found).some(Boolean) ? found : null;
}

/** What the cookie holds; anything else than what we wrote counts as nothing. */
export function readAttribution(cookie: string | undefined): Attribution {
  return cookie ? (attributionOf(new URLSearchParams(cookie)) ?? {}) : {};
}

/** The cookie's value. */
export function writeAttribution(attribution: Attribution): string {
  return new URLSearchParams(
    Object.entries(attribution).filter(([, value]) => value !== undefined),
  ).toString();
}
