import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { figures } from "@/lib/observability/metrics/figures";
import { metrics } from "@/lib/observability/metrics/process";
import { databaseUp } from "@/lib/observability/metrics/scrape";

type Known = { name: string; type: string; labels: readonly string[] };

/** What a scrape answers, a histogram by the names of its three series. */
async function known(): Promise<Map<string, Known>> {
  const ofProcess = await metrics().registry.getMetricsAsJSON();
  const all: Known[] = [
    ...figures,
    { ...databaseUp, type: "gauge", labels: [] },
    ...ofProcess.map(({ name, type }) => {
      const metric = metrics().registry.getSingleMetric(name) as unknown as {
        labelNames: string[];
      };
      return { name, type: String(type), labels: metric.labelNames };
    }),
  ];
  const series = all.flatMap((metric) =>
    metric.type !== "histogram"
      ? [metric]
      : ["_bucket", "_sum", "_count"].map((suffix) => ({
          ...metric,
          name: metric.name + suffix,
          labels: [...metric.labels, ...(suffix === "_bucket" ? ["le"] : [])],
        })),
  );
  return new Map(series.map((metric) => [metric.name, metric]));
}

const read = (path: string) =>
  readFileSync(resolve(import.meta.dirname, "../../ops", path), "utf8");

/** Every PromQL expression of the rules: what follows `expr:`, as far as it is indented further. */
const rules = [...read("prometheus/rules.yml").matchAll(/^( +)expr: ?(.*(?:\n\1 +.*)*)/gm)].map(
  (match) => match[2] ?? "",
);
type Dashboard = {
  panels: { id: number; title: string; targets?: { expr: string; legendFormat: string }[] }[];
};
const dashboard = JSON.parse(read("grafana/northstar.json")) as Dashboard;
const targets = dashboard.panels.flatMap(({ targets = [] }) => targets);

/** Prometheus adds these to every series that it scrapes. */
const added = ["job", "instance"];
const metricName = /\b(?:polar|app|nodejs|process)_[a-z_0-9]+\b/g;

test.each([
  ["the rules", rules, 13],
  ["the dashboard", targets.map(({ expr }) => expr), 25],
])("%s name metrics and labels that there are", async (_, expressions, atLeast) => {
  expect(expressions.length).toBeGreaterThanOrEqual(atLeast);
  const all = await known();
  for (const expression of expressions) {
    const named = expression.match(metricName) ?? [];
    expect(named.length, expression).toBeGreaterThan(0);
    const unknown = named.filter((name) => !all.has(name));
    expect(unknown, expression).toEqual([]);
    const labels = [
      ...[...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(
        ([, list]) => list?.split(", ") ?? [],
      ),
      ...[...expression.matchAll(/[{,]([a-z_]+)=?[=~!]/g)].map(([, label]) => label ?? ""),
    ];
    const there = [...named.flatMap((name) => all.get(name)?.labels ?? []), ...added];
    expect(
      labels.filter((label) => !there.includes(label)),
      expression,
    ).toEqual([]);
  }
});

test("what a panel writes beside a line is a label that its expression keeps", () => {
  for (const { expr, legendFormat } of targets)
    for (const [, label] of legendFormat.matchAll(/\{\{(.*?)\}\}/g)) {
      const isKept = /\bby \(/.test(expr) ? expr.match(/\bby \(([^)]*)\)/)?.[1] : added.join();
      expect(isKept, expr).toContain(label);
    }
});

test("every metric of our own is on the dashboard, each panel has an id of its own", async () => {
  const shown = targets.flatMap(({ expr }) => expr.match(metricName) ?? []);
  const own = [...(await known()).keys()].filter((name) => /^(polar|app)_/.test(name));
  const isShown = (name: string) => shown.includes(name) || name.endsWith("_sum");
  expect(own.filter((name) => !isShown(name))).toEqual([]);
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
