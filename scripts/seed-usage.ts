// `npm run seed:usage -- --rows 10000000 --workspaces 100000`: a throw-away PostgreSQL full of usage, to look at plans
// and figures. It prints its address and is there until Ctrl-C, which removes it.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { ownDatabase } from "@/tests/bench/usage-database";
import { seedUsage } from "@/tests/bench/usage-seed";
import { countProgress } from "./local/progress";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    workspaces: { type: "string", default: "10000" },
  },
});
const size = { rows: Number(values.rows), workspaces: Number(values.workspaces) };
if (!(Number.isInteger(size.rows) && size.rows > 0 && size.workspaces > 1)) {
  console.error("Give --rows of at least 1 and --workspaces of at least 2.");
  process.exit(1);
}
const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
const database = await ownDatabase("seed");
try {
  await Promise.race([seedUsage(database.url, size, countProgress(size.rows, "uses")), stopped]);
  console.log(`${database.url}\nCtrl-C ends it and removes its data.`);
  await stopped;
} finally {
  await database.stop();
}
