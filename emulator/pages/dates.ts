import { humanDate, type Instant } from "../time.ts";
import { type Html, html } from "./html.ts";

/** A date to read, with the exact instant for machines. */
export function dateText(instant: Instant): Html {
  return html`<time datetime="${instant}">${humanDate(instant)}</time>`;
}

/**
 * An expiry that a card of this moment has for sure, as MM/YY. It is reckoned from the simulated
 * clock, which may be years ahead of the browser's.
 */
export function futureExpiry(now: Instant): string {
  return `12/${String((Number(now.slice(0, 4)) + 3) % 100).padStart(2, "0")}`;
}
