import { createHash } from "node:crypto";
import { attributes, type Html, html } from "../pages/html.ts";
import { page } from "../pages/layout.ts";
import { notice } from "../pages/parts/notice.ts";
import { humanDate } from "../time.ts";
import type { Console, View } from "./context.ts";
import { liveScript } from "./live-script.ts";
import type { Notice } from "./notices.ts";
import { isFaulty } from "./sections/faults.ts";
import { consoleStyles } from "./styles.ts";

const PLACES = [
  ["", "Overview"],
  ["customers", "Customers"],
  ["subscriptions", "Subscriptions"],
  ["orders", "Orders"],
  ["checkouts", "Checkouts"],
  ["products", "Products"],
  ["events", "Events"],
  ["webhooks", "Webhooks"],
  ["endpoints", "Endpoints"],
  ["clock", "Clock"],
  ["faults", "Faults"],
] as const;

function navigation(current: string): Html {
  return html`<nav class="places" aria-label="Console">
    <ul>${PLACES.map(
      ([path, name]) =>
        html`<li><a${attributes({ href: path ? `/console/${path}` : "/", "aria-current": path === current ? "page" : null })}>${name}</a></li>`,
    )}</ul>
  </nav>`;
}

function state({ world }: Console): Html {
  const now = world.clock.now();
  return html`<span class="state" data-live="state">
    ${isFaulty(world.faults.settings) && html`<a class="status bad" href="/console/faults">Faults on</a>`}
    <a class="state-clock" href="/console/clock">${humanDate(now)}, ${now.slice(11, 16)}</a>
  </span>`;
}

interface FrameParts {
  view: View;
  /** The section's path; an empty string for the overview. */
  current: string;
  notice: Notice | null;
  nonce: string;
}

/** A page of the console, and a tag that changes with what it shows. */
export function frame(context: Console, parts: FrameParts): { document: string; etag: string } {
  const { view, current, nonce } = parts;
  const aside = state(context);
  const body = html`<a class="skip" href="#content">Skip to the content</a>
  ${navigation(current)}
  <div class="console" id="content" tabindex="-1" data-live="page">
    ${parts.notice && notice(parts.notice.tone, parts.notice.text)}
    ${view.body}
  </div>`;
  const etag = createHash("sha256").update(`${aside}${body}`).digest("base64url").slice(0, 27);
  return {
    etag: `"${etag}"`,
    document: page({
      title: `${parts.notice?.tone === "bad" ? "Error: " : ""}${view.title} · Local Polar`,
      nonce,
      wide: true,
      styles: consoleStyles,
      scripts: [liveScript(etag)],
      aside,
      body,
    }),
  };
}
