import { formatMoment } from "@/components/format/dates";

/** "subscription.past_due" as "Subscription past due". */
export function words(code: string): string {
  const text = code.replaceAll(/[._-]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Change = {
  objectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** What a person looks for first, of whatever was new. */
const telling = ["status", "productKey", "benefitKey", "amount", "units", "isGranted", "endsAt"];
const most = 6;
const moment = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.\d]*(?:Z|\+00)/;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string" && moment.test(value)) return formatMoment(new Date(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** "status: active to past_due; pastDueAt: none to 2026-11-24 …": what has changed, or what was new. */
export function changesOf({ objectId, before, after }: Change): string {
  const names = before
    ? Object.keys(after ?? before)
    : telling.filter((name) => after?.[name] !== undefined && after[name] !== null);
  const said = names.slice(0, most).map((name) => {
    const value = textOf(after?.[name]);
    return before ? `${name}: ${textOf(before[name])} to ${value}` : `${name}: ${value}`;
  });
  if (names.length > most) said.push(`${names.length - most} more`);
  return said.join("; ") || objectId;
}
