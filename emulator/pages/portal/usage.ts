import type { models } from "@polar-sh/sdk/2026-10";
import { attributes, type Html, html } from "../html.ts";

const write = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }).format;

function bar({ consumed_units, credited_units, meter }: models.CustomerMeter): Html | null {
  if (credited_units <= 0) return null;
  const share = Math.min(100, (consumed_units / credited_units) * 100);
  const over = consumed_units > credited_units;
  const semantics = attributes({
    role: "meter",
    "aria-label": meter.name,
    "aria-valuemin": 0,
    "aria-valuemax": credited_units,
    "aria-valuenow": Math.min(consumed_units, credited_units),
    "aria-valuetext": `${write(consumed_units)} of ${write(credited_units)} consumed`,
  });
  return html`<div class="bar${over && " over"}"${semantics}>
    <svg width="${share.toFixed(1)}%" height="100%" aria-hidden="true"></svg>
  </div>`;
}

function meterItem(item: models.CustomerMeter): Html {
  const figures = [
    ["Consumed", item.consumed_units],
    ["Credited", item.credited_units],
    ["Balance", item.balance],
  ] as const;
  return html`<li class="panel">
    <h3>${item.meter.name}</h3>
    ${bar(item)}
    <dl class="figures">
      ${figures.map(([label, units]) => html`<div><dt>${label}</dt><dd>${write(units)}</dd></div>`)}
    </dl>
  </li>`;
}

/** What the customer has used and what they have for it; nothing without a meter. */
export function usage(meters: readonly models.CustomerMeter[]): Html | null {
  if (meters.length === 0) return null;
  return html`<section id="usage">
    <h2>Usage</h2>
    <ul class="stack">${meters.map(meterItem)}</ul>
  </section>`;
}
