import { scrape } from "@/lib/observability/metrics/scrape";

/** The values of one metric in the text that Prometheus reads, by their labels as they are written there. */
export function valuesIn(text: string, name: string): Record<string, number> {
  const lines = text.split("\n").map((line) => /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line));
  const found = lines.filter((line) => line?.[1] === name);
  return Object.fromEntries(found.map((line) => [line?.[2] ?? "", Number(line?.[3])]));
}

/** The values of one metric now. */
export async function valuesOf(name: string): Promise<Record<string, number>> {
  return valuesIn(await scrape(), name);
}
