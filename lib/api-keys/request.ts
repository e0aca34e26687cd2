import { z } from "zod";
import { isStorable } from "@/lib/storable";
import { scopeNames } from "./scopes";

/** Days that a key may live; null is for ever. */
export const lifetimes = [30, 90, 365, null] as const;

export const longestName = 60;

/** What somebody asks for who wants a key. */
export const keyRequest = z.strictObject({
  name: z
    .string({ error: "A key needs a name." })
    .trim()
    .min(1, "A key needs a name.")
    .max(longestName, `A name has at most ${longestName} characters.`)
    .refine(isStorable, "A name holds only characters that can be stored."),
  scopes: z
    .array(z.enum(scopeNames, { error: "There is no such scope." }))
    .min(1, "A key needs a scope.")
    .transform((given) => [...new Set(given)]),
  days: z.literal(lifetimes, { error: "A key lives for 30, 90 or 365 days, or without an end." }),
});

export type KeyRequest = z.infer<typeof keyRequest>;
