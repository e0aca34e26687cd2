import { advance, agenda, nextDue, settle } from "../../control/passing.ts";
import { invalidValue } from "../../http/errors.ts";
import { type Html, html } from "../../pages/html.ts";
import { inputField, selectField } from "../../pages/parts/field.ts";
import type { JobDoc } from "../../store/documents.ts";
import {
  addSeconds,
  humanDate,
  type Instant,
  type Interval,
  nextPeriod,
  parseInstant,
} from "../../time.ts";
import type { World } from "../../world.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { table } from "../parts/table.ts";
import { momentText } from "../parts/text.ts";
import { workText } from "../parts/work.ts";

const HERE = "/console/clock";
const SHOWN = 25;

const STEPS = [
  ["hour", "1 hour"],
  ["day", "1 day"],
  ["week", "1 week"],
  ["month", "1 month"],
  ["year", "1 year"],
] as const;

const INTERVALS: readonly Interval[] = ["day", "week", "month", "year"];
const SECONDS: Record<string, number> = { second: 1, minute: 60, hour: 3600 };

/** The instant after a duration; months and years are those of the calendar. */
function after(now: Instant, unit: string, count: number): Instant {
  const interval = INTERVALS.find((each) => each === unit);
  if (interval) return nextPeriod(now, interval, count);
  return addSeconds(now, (SECONDS[unit] ?? 0) * count);
}

/** The steps of the clock as buttons. */
export function clockActions(world: World): Html | null {
  return actionBar([
    ...STEPS.map(([unit, label]) =>
      actionButton(HERE, {
        name: "advance",
        label,
        about: "ahead",
        fields: { unit, count: "1" },
      }),
    ),
    nextDue(world) !== undefined &&
      actionButton(HERE, { name: "to_next", label: "To the next event", tone: "primary" }),
  ]);
}

/** What falls due, soonest first. */
export function agendaTable(world: World, jobs: readonly JobDoc[]): Html {
  return html`<div class="panel list">${table(
    "What falls due next",
    [
      { head: "What", cell: ({ work }) => workText(world, work) },
      { head: "When", cell: ({ due }) => momentText(due) },
      {
        head: "Clock",
        figures: true,
        cell: ({ due }) =>
          actionButton(HERE, {
            name: "to",
            label: "Go",
            about: `to ${humanDate(due)}`,
            small: true,
            fields: { to: due },
          }),
      },
    ],
    jobs,
  )}</div>`;
}

function list({ world }: Console) {
  const jobs = agenda(world);
  const shown = jobs.slice(0, SHOWN);
  return {
    title: "Clock",
    body: html`<div class="row"><h1>Clock</h1></div>
    <div class="panel now"><p class="figure">${momentText(world.clock.now())}</p><p class="note">UTC, simulated. It only goes ahead; what falls due on the way happens at its date, webhooks included.</p></div>
    <section>
      <h2>Ahead by</h2>
      ${clockActions(world)}
      <div class="forms">
      <form class="panel inline" method="post" action="${HERE}">
        <input type="hidden" name="action" value="advance">
        ${inputField({ id: "count", name: "count", label: "Ahead by", control: { type: "number", min: 1, max: 100_000, value: 1, required: true } })}
        ${selectField({
          id: "unit",
          name: "unit",
          label: "Unit",
          options: ["second", "minute", "hour", "day", "week", "month", "year"].map(
            (unit) => [unit, `${unit}s`] as const,
          ),
          chosen: "day",
        })}
        <button class="quiet">Advance</button>
      </form>
      <form class="panel inline" method="post" action="${HERE}">
        <input type="hidden" name="action" value="to">
        ${inputField({ id: "to", name: "to", label: "To a date (UTC)", control: { type: "datetime-local", min: world.clock.now().slice(0, 16), required: true } })}
        <button class="quiet">Go there</button>
      </form>
      </div>
    </section>
    <section>
      <h2>What falls due next</h2>
      ${shown.length > 0 ? agendaTable(world, shown) : html`<p class="panel empty">Nothing waits for a date.</p>`}
      ${jobs.length > shown.length && html`<p class="note">and ${jobs.length - shown.length} more</p>`}
    </section>`,
  };
}

async function act(
  { world, queue }: Console,
  _id: string | null,
  form: URLSearchParams,
): Promise<Outcome> {
  const action = form.get("action");
  let target: Instant | null | undefined;
  if (action === "to_next") {
    await settle(world, queue);
    target = nextDue(world);
    if (!target) return { text: "Nothing waits for a date." };
  } else if (action === "advance") {
    const count = Number(form.get("count"));
    if (!Number.isInteger(count) || count < 1 || count > 100_000)
      throw invalidValue(["body", "count"], "Give a whole number from 1.", count);
    target = after(world.clock.now(), form.get("unit") ?? "", count);
  } else if (action === "to") target = parseInstant(form.get("to") ?? "");
  else throw unknownAction();
  if (!target || Number.isNaN(Date.parse(target)))
    throw invalidValue(["body", "to"], "Give a date.", target);
  if (target < world.clock.now())
    throw invalidValue(["body", "to"], "The clock does not run backwards.", target);
  await advance(world, queue, target);
  const now = world.clock.now();
  return { text: `It is ${humanDate(now)}, ${now.slice(11, 19)} now.` };
}

export const clockSection: Section = { path: "clock", title: "Clock", list, act };
