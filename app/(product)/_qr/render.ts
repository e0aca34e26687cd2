import "server-only";
import QRCode from "qrcode";
import type { Code } from "./schema";

/** The code as an image: 512 pixels wide as PNG, scalable as SVG. */
export async function renderCode(
  code: Code,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; type: string }> {
  const color = { dark: code.foreground ?? "#000000", light: code.background ?? "#ffffff" };
  if (code.format === "svg") {
    return {
      body: await QRCode.toString(code.text, { type: "svg", margin: 2, color }),
      type: "image/svg+xml",
    };
  }
  const png = await QRCode.toBuffer(code.text, { width: 512, margin: 2, color });
  return { body: new Uint8Array(png), type: "image/png" };
}
