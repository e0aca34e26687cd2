import { scrubSecrets } from "@/lib/observability/scrub";

/** So much of a body is shown, in characters. */
const most = 60_000;
const secretField = /secret|token|password|authorization|api_?key|^license_key$/i;

function hidden(name: string, value: unknown): unknown {
  if (secretField.test(name) && value !== null) return "[secret]";
  return typeof value === "string" ? scrubSecrets(value) : value;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body, hidden), null, 2);
  } catch {
    return scrubSecrets(body);
  }
}

/**
 * A webhook's body for people: indented, without what opens something (a checkout's client secret, a license key), and
 * cut where it is huge; `left` is how many characters of it follow.
 */
export function showPayload(body: string): { text: string; left: number } {
  const text = pretty(body);
  return { text: text.slice(0, most), left: Math.max(0, text.length - most) };
}
