import { z } from "zod";

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must look like #1a2b3c");

/** What a QR code is made from. */
export const codeSchema = z.strictObject({
  text: z.string().trim().min(1, "must not be empty").max(1024, "must be at most 1,024 characters"),
  format: z.enum(["png", "svg"]).default("png"),
  foreground: colour.optional(),
  background: colour.optional(),
});

export type Code = z.infer<typeof codeSchema>;

/** Whether a code needs the feature `custom_qr`. */
export function isCustom(code: Code): boolean {
  return code.format === "svg" || code.foreground !== undefined || code.background !== undefined;
}
