// `npm run polar:import` shows which of Polar's customers belong to users of ours who have proven the same
// address, and what stands in the way of others; with `-- --apply` it sets their external ids, for good.
import { parseArgs } from "node:util";
import { assertEnvironment, assertOrganization } from "@/lib/billing/environment";
import { type ImportOutcome, importCustomers } from "@/lib/billing/import";
import { runCommand } from "./local/command";

const conflicts: Partial<Record<ImportOutcome, string>> = {
  ambiguous: "several users have this address, in other capitals",
  unverified: "a user has this address and has not proven it",
  workspace_taken: "the user with this address has another customer at Polar already",
  foreign_id: "its external id is no workspace of this database",
  refused: "Polar refused the external id",
};

await runCommand(async () => {
  const { values } = parseArgs({ options: { apply: { type: "boolean", default: false } } });
  await assertEnvironment();
  await assertOrganization();
  const counts = new Map<ImportOutcome, number>();
  for await (const { customer, outcome, workspaceId } of importCustomers(values.apply)) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome === "adopted")
      console.log(
        `${values.apply ? "adopted" : "would adopt"} ${customer.id} for workspace ${workspaceId}`,
      );
    const conflict = conflicts[outcome];
    if (conflict) console.log(`conflict ${customer.id}: ${conflict}`);
  }
  console.log(
    `\n${[...counts].map(([outcome, n]) => `${n} ${outcome}`).join(", ") || "no customers"}`,
  );
  if (!values.apply && counts.get("adopted"))
    console.log(
      "Run `npm run polar:import -- --apply` to adopt them. It cannot be undone at Polar.",
    );
});
