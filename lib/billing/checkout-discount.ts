import "server-only";
import { isRefused, polar } from "@/lib/polar";

/** Polar refused the code that a link brought along. */
export class DiscountRefusedError extends Error {
  override name = "DiscountRefusedError";
}

/**
 * Gives a checkout a code as its page would, so that Polar decides whether it can be used.
 *
 * @throws {DiscountRefusedError} when it cannot.
 */
export async function applyCode(clientSecret: string, code: string): Promise<void> {
  try {
    await polar().checkouts.clientUpdate(clientSecret, { discount_code: code });
  } catch (error) {
    if (isRefused(error)) throw new DiscountRefusedError(code);
    throw error;
  }
}
