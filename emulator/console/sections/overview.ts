import { agenda } from "../../control/passing.ts";
import { type Html, html } from "../../pages/html.ts";
import type { Console, View } from "../context.ts";
import { table } from "../parts/table.ts";
import { momentText } from "../parts/text.ts";
import { agendaTable, clockActions } from "./clock.ts";
import { stateOf, webhooks } from "./webhooks.ts";

const SHOWN = 8;

function counts({
  world,
  queue,
}: Console): [path: string, name: string, figure: number, about: string][] {
  const running = world.subscriptions.all().filter(({ ended_at }) => ended_at === null);
  const pending = world.orders.all().filter(({ status }) => status === "pending");
  const open = world.checkouts.all().filter(({ status }) => status === "open");
  const failed = world.webhookEvents.all().filter((event) => stateOf(event) === "failed");
  const customers = world.customers.all().filter(({ deleted_at }) => deleted_at === null);
  return [
    ["customers", "Customers", customers.length, ""],
    ["subscriptions", "Subscriptions", running.length, "running"],
    ["orders", "Orders", world.orders.size, `${pending.length} pending`],
    ["checkouts", "Checkouts", world.checkouts.size, `${open.length} open`],
    ["events", "Events", world.events.size, ""],
    [
      "webhooks",
      "Webhooks",
      world.webhookEvents.size,
      `${queue.undelivered} waiting, ${failed.length} failed`,
    ],
  ];
}

function start({ world }: Console): Html {
  return html`<section class="panel intro">
    <h2>Point your application here</h2>
    <p>Only the base address changes: <code>${world.publicUrl}</code>. The access token is the one that it printed when it started.</p>
    <p class="note">Webhooks: make an <a href="/console/endpoints">endpoint</a>. Products come from your application or the API.</p>
  </section>`;
}

/** The console's first page: how much there is of everything, what comes next and what went out last. */
export function overview(context: Console): View {
  const { world } = context;
  const next = agenda(world).slice(0, 5);
  const recent = world.webhookEvents.all().slice(-SHOWN).reverse();
  return {
    title: "Overview",
    body: html`<h1>${world.organization.name}</h1>
    ${start(context)}
    <ul class="counts">
      ${counts(context).map(
        ([path, name, figure, about]) => html`<li class="panel">
          <a href="/console/${path}">${name}</a><span class="figure">${figure.toLocaleString("en-US")}</span>
          ${about && html`<span class="note">${about}</span>`}
        </li>`,
      )}
    </ul>
    <section>
      <h2>Clock</h2>
      <div class="panel now"><p>${momentText(world.clock.now())} <span class="note">UTC, simulated</span></p>${clockActions(world)}</div>
      ${next.length > 0 && agendaTable(world, next)}
    </section>
    <section>
      <h2>Last webhooks</h2>
      ${
        recent.length > 0
          ? html`<div class="panel list">${table("Last webhooks", webhooks.columns(world), recent)}</div>`
          : html`<p class="panel empty">None has been sent yet.</p>`
      }
    </section>`,
  };
}
