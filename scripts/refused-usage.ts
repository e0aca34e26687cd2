// `npm run usage:refused`: uses that Polar has refused for good, and `-- resend` to send them again.
import { listRefusedUses, resendRefusedUses } from "@/lib/usage/refused";
import { runCommand } from "./local/command";

const usage = `npm run usage:refused                  the oldest 200, with Polar's reason
npm run usage:refused -- resend <id>   sends one again
npm run usage:refused -- resend --all  sends all of them again`;

async function list(): Promise<void> {
  const refused = await listRefusedUses();
  for (const { id, workspaceId, name, units, occurredAt, reason } of refused)
    console.log(
      `${id}  ${occurredAt.toISOString()}  ${workspaceId}  ${name}  ${units}\n  ${reason}`,
    );
  console.log(`${refused.length} refused`);
}

async function resend(id: string | undefined): Promise<void> {
  const count = await resendRefusedUses(id);
  if (id && count === 0) throw new Error(`Polar has refused no use ${id}.`);
  console.log(`${count} wait to be sent again`);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function run([command, argument, ...rest]: string[]): Promise<void> {
  if (!command) return await list();
  if (command === "resend" && rest.length === 0) {
    if (argument === "--all") return await resend(undefined);
    if (argument && uuid.test(argument)) return await resend(argument);
  }
  throw new Error(usage);
}

await runCommand(() => run(process.argv.slice(2)));
