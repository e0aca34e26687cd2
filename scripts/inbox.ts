// `npm run inbox`: the webhooks that were received, and the dead letters among them.
import {
  countInbox,
  findWebhook,
  type InboxStatus,
  inboxStatuses,
  listInbox,
  replayDead,
} from "@/lib/billing/webhooks/inbox";
import { runCommand } from "./local/command";

const usage = `npm run inbox                        how many there are, and the dead letters
npm run inbox -- list [status]       ${inboxStatuses.join(", ")}; failed at first
npm run inbox -- show <webhook-id>   one, with its body
npm run inbox -- replay <webhook-id> takes a dead letter up again
npm run inbox -- replay --all        takes all of them up again`;

async function list(status: InboxStatus): Promise<void> {
  for (const row of await listInbox(status)) {
    const received = row.receivedAt.toISOString();
    console.log(`${row.webhookId}  ${received}  ${row.type}  attempts: ${row.attempts}`);
    if (row.lastError) console.log(`  ${row.lastError}`);
  }
}

async function overview(): Promise<void> {
  const counts = await countInbox();
  console.log(inboxStatuses.map((status) => `${status}: ${counts[status]}`).join("   "));
  await list("failed");
}

async function show(webhookId: string): Promise<void> {
  const found = await findWebhook(webhookId);
  if (!found) throw new Error(`There is no webhook ${webhookId}.`);
  const { body, ...row } = found;
  console.log(JSON.stringify(row, null, 2));
  console.log(body ?? "Its body was emptied for its age.");
}

async function replay(webhookId: string | undefined): Promise<void> {
  const replays = await replayDead(webhookId);
  if (webhookId && replays.length === 0)
    throw new Error(`There is no dead letter ${webhookId} whose body is kept.`);
  for (const { webhookId: id, type, outcome } of replays)
    console.log(`${id}  ${type}  ${outcome ?? "failed again: it is tried ten times more"}`);
  console.log(`${replays.filter(({ outcome }) => outcome).length} of ${replays.length} settled`);
  if (replays.some(({ outcome }) => !outcome)) process.exitCode = 1;
}

const isStatus = (word: string): word is InboxStatus =>
  (inboxStatuses as readonly string[]).includes(word);

async function run([command, argument]: string[]): Promise<void> {
  if (!command) return await overview();
  const status = argument ?? "failed";
  if (command === "list" && isStatus(status)) return await list(status);
  if (command === "show" && argument) return await show(argument);
  if (command === "replay" && argument === "--all") return await replay(undefined);
  if (command === "replay" && argument && !argument.startsWith("-")) return await replay(argument);
  throw new Error(usage);
}

await runCommand(() => run(process.argv.slice(2)));
