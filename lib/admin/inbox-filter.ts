import { z } from "zod";

const statuses = ["pending", "applied", "ignored", "failed"] as const;

/** How far back, in hours; null for all that there is. */
const inboxAges = { hour: 1, day: 24, week: 168, quarter: 2160, any: null } as const;

const schema = z.object({
  status: z.enum(["any", ...statuses]).default("any"),
  type: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\w.]*$/)
    .default(""),
  age: z.enum(["hour", "day", "week", "quarter", "any"]).default("week"),
});

/** Which webhooks of the inbox: an empty `type` is each. */
export type InboxFilter = z.infer<typeof schema>;

/** Reads what a form or an address asks for; null for what is no filter, which must not pass for a wider one. */
export function readInboxFilter(given: {
  status?: string | undefined;
  type?: string | undefined;
  age?: string | undefined;
}): InboxFilter | null {
  return schema.safeParse(given).data ?? null;
}

/** Received since when; undefined for all that there is. */
export function sinceOf({ age }: InboxFilter, now: Date): Date | undefined {
  const hours = inboxAges[age];
  return hours === null ? undefined : new Date(now.getTime() - hours * 3_600_000);
}
