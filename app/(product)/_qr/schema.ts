import { z } from "zod";

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must look like #1a2b3c");

/** What a code of error correction level M, which is what is drawn, holds at most (ISO/IEC 18004, version 40). */
const mostBytes = 2331;

function fits(text: string): boolean {
  return new TextEncoder().encode(text).length <= mostBytes;
}

/** What a QR code is made from. */
export const codeSchema = z.strictObject({
  text: z
    .string("must be a text")
    .trim()
    .min(1, "must not be empty")
    .max(1024, "must be at most 1,024 characters")
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
    .refine(fits, "must be at most 2,331 bytes of UTF-8")
    .meta({
      description:
        "What the code says: an address, mostly. At most 1,024 characters, and 2,331 bytes of UTF-8.",
      example: "https://example.com",
    }),
  format: z
    .enum(["png", "svg"], "must be png or svg")
    .default("png")
    .meta({ description: "PNG is 1,024 pixels wide; SVG needs the feature “SVG and colors”." }),
  foreground: colour
    .optional()
    .meta({ description: "The color of the code; needs the feature “SVG and colors”." }),
  background: colour
    .optional()
    .meta({ description: "The color behind it; needs the feature “SVG and colors”." }),
});

export type Code = z.infer<typeof codeSchema>;

/** Whether a code needs the feature `custom_qr`. */
export function isCustom(code: Code): boolean {
  return code.format === "svg" || code.foreground !== undefined || code.background !== undefined;
}
