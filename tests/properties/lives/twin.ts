import { createHash } from "node:crypto";
import type { Delivery } from "../../support/polar-life";
import { signed } from "../../support/webhooks";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same text about somebody else: each UUID becomes another, always the same one. */
export function twinOf(text: string): string {
  return text.replace(uuid, (id) => {
    const hash = createHash("sha256").update(id).digest("hex");
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  });
}

/** A delivery about the twin, signed anew. */
export function twinDelivery({ headers, body }: Delivery, secret: string): Delivery {
  const about = twinOf(body);
  return { headers: signed(about, secret, twinOf(headers["webhook-id"] ?? "")), body: about };
}
