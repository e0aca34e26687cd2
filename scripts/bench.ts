// `npm run bench`: measures, prints one table, and ends with code 1 when a figure misses its target. Of ten million uses
// it takes minutes and about 8 GB of disk; `-- --rows 100000 --workspaces 1000` is less, `-- --only throughput` one part.
import { parseArgs } from "node:util";
import { benchEmulator } from "@/tests/bench/emulator-year";
import { type Figure, isMet } from "@/tests/bench/figure";
import { benchSize } from "@/tests/bench/usage-size";
import { benchThroughput } from "@/tests/bench/usage-throughput";

function line(figure: Figure): string {
  const { name, value, unit, target } = figure;
  const wanted = !target
    ? ""
    : "most" in target
      ? `at most ${target.most} ${unit}`
      : `at least ${target.least} ${unit}`;
  const verdict = target ? (isMet(figure) ? "kept" : "MISSED") : "";
  return `${`${value.toFixed(1)} ${unit}`.padStart(12)}  ${wanted.padEnd(18)} ${verdict.padEnd(7)} ${name}`;
}

const { values } = parseArgs({
  options: {
    subscribers: { type: "string", default: "1000" },
    rows: { type: "string", default: "10000000" },
    workspaces: { type: "string", default: "100000" },
    only: { type: "string" },
  },
});
const size = { rows: Number(values.rows), workspaces: Number(values.workspaces) };
const benches: Record<string, () => Promise<Figure[]>> = {
  polar: () => benchEmulator(Number(values.subscribers)),
  throughput: () => benchThroughput(),
  size: () => benchSize(size),
};

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches))
  if (!values.only || values.only === name) figures.push(...(await bench()));
for (const figure of figures) {
  console.log(line(figure));
  for (const note of figure.notes ?? []) console.log(`${" ".repeat(42)}${note}`);
}
process.exit(figures.every(isMet) ? 0 : 1);
