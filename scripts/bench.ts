// `npm run bench`: measures, prints one table, and ends with code 1 when a figure misses its target.
import { benchEmulator } from "@/tests/bench/emulator-year";
import { type Figure, isMet } from "@/tests/bench/figure";

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

const figures = await benchEmulator(Number(process.argv[2] ?? 1000));
for (const figure of figures) console.log(line(figure));
process.exitCode = figures.every(isMet) ? 0 : 1;
