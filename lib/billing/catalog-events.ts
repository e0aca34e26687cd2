import { z } from "zod";
import { meter } from "./catalog";

/**
 * The usage events and the type of their metadata, beside the catalog and not in it: that file runs in the
 * browser, where nobody needs zod. The meter's property is what is billed; the rest is kept with the use and sent
 * to Polar, which takes texts of 1 to 500 characters, numbers and booleans.
 */
export const eventSchemas = {
  [meter.event]: z.strictObject({
    [meter.property]: z.int().min(1).max(1_000_000),
    format: z.enum(["png", "svg"]).optional(),
  }),
} satisfies Record<typeof meter.event, z.ZodType<Record<typeof meter.property, number>>>;

export type EventName = keyof typeof eventSchemas;
export type EventMetadata<Name extends EventName> = z.input<(typeof eventSchemas)[Name]>;
