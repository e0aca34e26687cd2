import { safeReturnPath } from "@/lib/auth/return-path";
import type { ProductKey } from "./catalog";

/** Polar refuses a return address much longer than this. */
const longest = 1_000;

/** The page that a buyer goes on to after the checkout: one of ours, not an API; null for anything else. */
export function nextPage(value: string | string[] | null | undefined): string | null {
  const path = safeReturnPath(value, "");
  return path && path.length <= longest && !path.startsWith("/api/") ? path : null;
}

/** The page that shows `product` with a button to its checkout: where a choice made signed out is kept. */
export function checkoutPath(product: ProductKey, next: string | null): string {
  return `/checkout/start?${new URLSearchParams({ product, ...(next ? { next } : {}) })}`;
}
