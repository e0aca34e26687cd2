import { dateText } from "../../pages/dates.ts";
import { type Html, html } from "../../pages/html.ts";
import { humanDate, type Instant } from "../../time.ts";

/** What stands where there is nothing. */
export const nothing = html`<span class="faint">–</span>`;

/** A moment to the second, in UTC. */
export function momentText(instant: Instant | null): Html {
  if (!instant) return nothing;
  return html`<time datetime="${instant}" title="${instant}"><span class="clock">${humanDate(instant)},</span> <span class="clock">${instant.slice(11, 19)}</span></time>`;
}

/** A day, or nothing. */
export function dayText(instant: Instant | null): Html {
  return instant ? dateText(instant) : nothing;
}

export type Tone = "good" | "warn" | "bad" | "plain";

/** A status as a pill. */
export function pill(words: string, tone: Tone): Html {
  return html`<span class="status ${tone}">${words}</span>`;
}

const GOOD = ["active", "trialing", "paid", "succeeded", "delivered", "enabled"];
const WARN = ["pending", "confirmed", "paused", "open", "incomplete"];
const BAD = ["past_due", "unpaid", "failed", "disabled"];

/** One of Polar's statuses as a pill, in Polar's own word. */
export function statusPill(status: string): Html {
  const tone = GOOD.includes(status)
    ? "good"
    : WARN.includes(status)
      ? "warn"
      : BAD.includes(status)
        ? "bad"
        : "plain";
  return pill(status.replaceAll("_", " "), tone);
}

/** Text for machines, such as an id or an address. */
export function code(text: string): Html {
  return html`<code>${text}</code>`;
}

/** Facts about one thing, each with its name; what is nothing is left out. */
export function facts(
  entries: readonly (readonly [name: string, value: Html | string | null])[],
): Html {
  return html`<dl class="facts">
    ${entries.map(([name, value]) => value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** An object as JSON, to be scrolled and copied. */
export function jsonPanel(title: string, value: unknown): Html {
  return textPanel(title, JSON.stringify(value, null, 2));
}

/** Preformatted text under a heading, folded up unless it is `open`. */
export function textPanel(title: string, text: string, open = true): Html {
  return html`<details class="source"${open && html` open`}>
    <summary>${title}</summary>
    <pre tabindex="0" role="region" aria-label="${title}">${text}</pre>
  </details>`;
}
