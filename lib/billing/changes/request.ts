import { z } from "zod";

/** Polar's own reasons for a cancellation, in its order. */
export const cancellationReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "low_quality",
  "too_complex",
  "other",
] as const;

export type CancellationReason = (typeof cancellationReasons)[number];

/** The longest comment that is passed on, in characters. */
export const longestComment = 1_000;

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text || null);

const change = z.discriminatedUnion("action", [
  z.object({ action: z.literal("change_plan"), product: z.string().max(64) }),
  z.object({ action: z.literal("keep_plan") }),
  z.object({
    action: z.literal("cancel"),
    reason: z
      .union([z.literal(""), z.enum(cancellationReasons)])
      .optional()
      .transform((reason) => reason || null),
    comment: optionalText(longestComment),
  }),
  z.object({ action: z.literal("uncancel") }),
  z.object({ action: z.literal("pause") }),
  z.object({ action: z.literal("keep_running") }),
  z.object({ action: z.literal("resume") }),
]);

/** What somebody asks to change of their subscription. */
export type Change = z.infer<typeof change>;

/**
 * Reads a form's fields: `action`, what belongs to it, and `seen`, the state that the page was made for.
 *
 * @returns null for anything else.
 */
export function readChange(form: URLSearchParams): { change: Change; seen: string } | null {
  const found = change.safeParse(Object.fromEntries(form));
  const seen = form.get("seen");
  return found.success && seen ? { change: found.data, seen } : null;
}
