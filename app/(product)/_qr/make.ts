import "server-only";
import type { Entitlement } from "@/lib/billing/entitlement";
import { allows } from "@/lib/billing/entitlements";
import { type Refusal, spend, type UseOptions } from "@/lib/usage";
import { renderCode } from "./render";
import { type Code, isCustom } from "./schema";

/** Why no code is made. */
export type MakeRefusal = "feature_missing" | Refusal["reason"];

type Made =
  | { ok: true; body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> }
  | { ok: false; reason: MakeRefusal };

/**
 * Makes a code and counts it, or says why not. What cannot be drawn is not counted.
 *
 * @param use names this use, the same again being the same use, counted once; and the API key that made it.
 */
export async function makeCode(
  workspaceId: string,
  entitlement: Entitlement,
  code: Code,
  use: UseOptions,
): Promise<Made> {
  if (isCustom(code) && !allows(entitlement, "custom_qr"))
    return { ok: false, reason: "feature_missing" };
  const image = await renderCode(code);
  const spending = await spend(
    workspaceId,
    "qr_code.generated",
    { units: 1, format: code.format },
    use,
  );
  if (!spending.ok) return { ok: false, reason: spending.reason };
  return {
    ok: true,
    body: image.body,
    headers: {
      "content-type": image.type,
      "cache-control": "no-store",
      "x-codes-remaining": String(spending.remaining),
    },
  };
}
