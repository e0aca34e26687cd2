import { create } from "qrcode";
import { LiveCode } from "./_qr/live-code";

const sample = "https://example.com/menu";

/** The landing page's proof that the thing works: no account, no request to the server. */
export function Demo() {
  const { size, data } = create(sample, { errorCorrectionLevel: "M" }).modules;
  return <LiveCode sample={sample} matrix={{ size, data: [...data] }} />;
}
