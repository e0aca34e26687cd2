// `npm run alerts` shows what is wrong, and what was; `-- evaluate` looks anew first. Ends with code 1 while something is.
import { parseArgs } from "node:util";
import { evaluateAlerts } from "@/lib/alerts/evaluate";
import { listAlerts } from "@/lib/alerts/list";
import { runCommand } from "./local/command";

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [command, ...more] = positionals;
  if (more.length > 0 || (command && command !== "evaluate"))
    throw new Error(
      "npm run alerts               what is wrong, and what was\nnpm run alerts -- evaluate   looks anew first",
    );
  if (command) await evaluateAlerts();
  const alerts = await listAlerts();
  for (const { key, severity, summary, openedAt, resolvedAt } of alerts) {
    const until = resolvedAt ? `until ${resolvedAt.toISOString()}` : severity.toUpperCase();
    console.log(`${openedAt.toISOString()}  ${until}  ${key}\n  ${summary}`);
  }
  const open = alerts.filter(({ resolvedAt }) => !resolvedAt).length;
  console.log(`${open} open, ${alerts.length - open} over`);
  process.exitCode = open > 0 ? 1 : 0;
});
