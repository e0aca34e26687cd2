// `npm run doctor`: the production checklist. Ends with code 0 only when one may go live.
import { createInterface } from "node:readline/promises";
import { parseArgs, styleText } from "node:util";
import { answerBy } from "@/lib/doctor/answers";
import { examine, type Report, type Result } from "@/lib/doctor/examine";
import type { Verdict } from "@/lib/doctor/finding";
import { logger } from "@/lib/observability/logger";
import { runCommand } from "./local/command";

const usage = `npm run doctor                    goes through the checklist, and changes nothing
npm run doctor -- --json          the same for programs
npm run doctor -- --send          sends a test error and a test alert, too
npm run doctor -- --answer        asks what only a person can answer
npm run doctor -- --answer <id> --by "Name" [--note "where it stands"]`;

const colours = { ok: "green", warn: "yellow", ask: "cyan", fail: "red" } as const;
const verdicts: readonly Verdict[] = ["ok", "warn", "ask", "fail"];
const widths = { id: 24, verdict: 6 };

/** A text in lines that fit beside the first two columns. */
function wrapped(text: string): string {
  const indent = " ".repeat(widths.id + widths.verdict);
  const width = Math.max(40, (process.stdout.columns ?? 100) - indent.length);
  const rows: string[] = [""];
  for (const word of text.split(" ")) {
    const last = rows.at(-1) ?? "";
    if (last && last.length + word.length >= width) rows.push(word);
    else rows[rows.length - 1] = last ? `${last} ${word}` : word;
  }
  return rows.join(`\n${indent}`);
}

function print({ id, verdict, found, todo }: Result): void {
  const mark = styleText(colours[verdict], verdict.padEnd(widths.verdict));
  console.log(`${id.padEnd(widths.id)}${mark}${wrapped(found)}`);
  if (todo) console.log(" ".repeat(widths.id + widths.verdict) + wrapped(`→ ${todo}`));
}

function printReport({ mayGoLive, polarEnvironment, lines }: Report): void {
  console.log(`Polar: ${polarEnvironment ?? "unknown"}\n`);
  for (const line of lines) print(line);
  const counts = verdicts.map(
    (verdict) => `${lines.filter((line) => line.verdict === verdict).length} ${verdict}`,
  );
  console.log(`\n${counts.join(", ")}: ${mayGoLive ? "you may go live" : "do not go live yet"}.`);
}

/** Asks, one after the other, what nobody has answered for yet. */
async function interview(): Promise<void> {
  if (!process.stdin.isTTY) throw new Error(`Nobody can be asked here:\n${usage}`);
  const { lines } = await examine();
  const open = lines.filter((line) => line.isAnswerable && line.verdict !== "ok");
  if (open.length === 0) return console.log("There is nothing to answer.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const by = await terminal.question("Your name: ");
    for (const { id, title, found, todo } of open) {
      const reply = await terminal.question(`\n${title}: ${found} ${todo}\nYes? [y/N] `);
      if (!/^y(es)?$/i.test(reply.trim())) continue;
      await answerBy(id, by, await terminal.question("A note, such as an address (or nothing): "));
    }
  } finally {
    terminal.close();
  }
}

await runCommand(async () => {
  // Standard output is the report's; what is wrong stands in it.
  logger.level = "silent";
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean" },
      send: { type: "boolean" },
      answer: { type: "boolean" },
      by: { type: "string" },
      note: { type: "string" },
    },
  });
  const [id, ...more] = positionals;
  if (more.length > 0 || (!values.answer && (id || values.by || values.note)))
    throw new Error(usage);
  if (values.answer && id) {
    await answerBy(id, values.by ?? "", values.note);
    console.log(`Recorded: ${values.by} has answered for ${id}.`);
  } else {
    if (values.answer) await interview();
    const report = await examine({ send: values.send ?? false });
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else printReport(report);
    process.exitCode = report.mayGoLive ? 0 : 1;
  }
});
