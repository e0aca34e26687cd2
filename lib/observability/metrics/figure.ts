import "server-only";
import { Counter, Gauge, type Registry } from "prom-client";

/** A metric whose values are read from the database when it is asked for. */
export type Figure = {
  name: string;
  help: string;
  type: "counter" | "gauge";
  labels: readonly string[];
};

/** One value of a figure, with a label's value for each of its labels, in their order. */
export type Sample = { labels: readonly string[]; value: number };

/** Writes a figure with its samples into a registry of this scrape's own. */
export function writeFigure(
  registry: Registry,
  { name, help, type, labels }: Figure,
  samples: readonly Sample[],
): void {
  const settings = { name, help, labelNames: [...labels], registers: [registry] };
  const valuesOf = (sample: Sample) =>
    Object.fromEntries(labels.map((label, at) => [label, sample.labels[at] ?? ""]));
  if (type === "gauge") {
    const gauge = new Gauge(settings);
    for (const sample of samples) gauge.set(valuesOf(sample), sample.value);
  } else {
    const counter = new Counter(settings);
    for (const sample of samples) counter.inc(valuesOf(sample), sample.value);
  }
}
