import { isDeepStrictEqual } from "node:util";
import { PRESETS } from "../../faults/presets.ts";
import { type FaultSettings, quiet, readFaults } from "../../faults/settings.ts";
import { attributes, html } from "../../pages/html.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionButton } from "../parts/actions.ts";
import { describeFaults, faultFields, readFaultForm } from "../parts/fault-fields.ts";
import { textPanel } from "../parts/text.ts";

const HERE = "/console/faults";

/** Whether anything goes wrong on purpose; the seed alone is nothing. */
export function isFaulty({ seed, ...settings }: FaultSettings): boolean {
  const { seed: _, ...none } = quiet();
  return !isDeepStrictEqual(settings, none);
}

/** Only what differs from no faults, as the API and the environment may be given it. */
function differing(settings: FaultSettings): object {
  const none = quiet();
  const changed = (part: object, from: object) => {
    const before = new Map(Object.entries(from));
    return Object.fromEntries(
      Object.entries(part).filter(([name, value]) => value !== before.get(name)),
    );
  };
  return {
    seed: settings.seed,
    api: changed(settings.api, none.api),
    webhooks: changed(settings.webhooks, none.webhooks),
  };
}

function summary(settings: FaultSettings) {
  if (!isFaulty(settings)) return html`<p class="notice good">Nothing goes wrong on purpose.</p>`;
  return html`<div class="notice warn">
    <p>Faults are on.</p>
    <ul>${describeFaults(settings).map((text) => html`<li>${text}</li>`)}</ul>
  </div>`;
}

function list({ world }: Console) {
  const { settings } = world.faults;
  const json = JSON.stringify(differing(settings), null, 2);
  return {
    title: "Faults",
    body: html`<h1>Faults</h1>
    ${summary(settings)}
    <div class="actions">${actionButton(HERE, { name: "end", label: "End all faults", tone: isFaulty(settings) ? "primary" : "quiet" })}</div>
    <section>
      <h2>Ready-made</h2>
      <ul class="presets">
        ${PRESETS.map(
          ({ name, label, about }) => html`<li class="panel">
            <div><h3>${label}</h3><p class="note">${about}</p></div>
            ${actionButton(HERE, { name: "preset", label: "Switch on", about: label, small: true, fields: { preset: name } })}
          </li>`,
        )}
      </ul>
    </section>
    <section>
      <h2>One by one</h2>
      <form class="faults" method="post" action="${HERE}">
        <input${attributes({ type: "hidden", name: "action", value: "set" })}>
        ${faultFields(settings)}
        <button class="primary">Set these faults</button>
      </form>
    </section>
    <section>${textPanel("As JSON, for PUT /_emulator/faults and POLAR_FAULTS", json)}</section>`,
  };
}

function act({ world, queue }: Console, _id: string | null, form: URLSearchParams): Outcome {
  const action = form.get("action");
  const preset = PRESETS.find(({ name }) => name === form.get("preset"));
  const { seed } = world.faults.settings;
  if (action === "end") world.faults.clear();
  else if (action === "preset" && preset)
    world.faults.set(readFaults({ seed, ...preset.settings }));
  else if (action === "set") world.faults.set(readFaults(readFaultForm(form)));
  else throw unknownAction();
  queue.pump();
  if (action === "end") return { text: "All faults have ended." };
  return { text: preset ? `${preset.label}: ${preset.about}.` : "The faults are set." };
}

export const faultsSection: Section = { path: "faults", title: "Faults", list, act };
