import "server-only";
import type { Entitlement } from "@/lib/billing/entitlement";
import { spend } from "@/lib/usage";
import { renderCode } from "./render";
import { type Code, isCustom } from "./schema";

type Made =
  | { ok: true; body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> }
  | { ok: false; reason: "feature_missing" | "allowance" | "read_only" };

/**
 * Makes a code and counts it, or says why not. What cannot be drawn is not counted.
 *
 * @param use names this use: the same again is the same use, counted once.
 */
export async function makeCode(
  workspaceId: string,
  entitlement: Entitlement,
  code: Code,
  use: string,
): Promise<Made> {
  if (isCustom(code) && !entitlement.features.includes("custom_qr"))
    return { ok: false, reason: "feature_missing" };
  const image = await renderCode(code);
  const spending = await spend(workspaceId, 1, use);
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
