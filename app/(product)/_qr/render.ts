import "server-only";
import QRCode from "qrcode";
import type { Code } from "./schema";

/** ISO/IEC 18004 asks for four modules of nothing around a code. */
const quietZone = 4;

/** The code as an image: 1,024 pixels wide as PNG, scalable as SVG. */
export async function renderCode(
  code: Code,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; type: string }> {
  const color = { dark: code.foreground ?? "#000000", light: code.background ?? "#ffffff" };
  if (code.format === "svg") {
    return {
      body: await QRCode.toString(code.text, { type: "svg", margin: quietZone, color }),
      type: "image/svg+xml",
    };
  }
  const png = await QRCode.toBuffer(code.text, { width: 1024, margin: quietZone, color });
  return { body: new Uint8Array(png), type: "image/png" };
}
