import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "@playwright/test";

// What `npm run lives` and `npm run crashes` do at length, on the build and the PostgreSQL that are here.
test.describe.configure({ timeout: 900_000 });

async function trial(script: string, ...args: string[]): Promise<string> {
  const command = ["--import", "./scripts/typescript.mjs"];
  const child = spawn(process.execPath, [...command, `scripts/${script}.ts`, ...args], {
    env: { ...process.env, NORTHSTAR_TRIAL: "within" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, "close");
  expect(code, output).toBe(0);
  return output;
}

test("300 customer lives end the same, in whatever order, however often and late their webhooks come", async () => {
  const said = await trial("lives", "--runs", "300");
  console.log(said);
  expect(said).toContain("300 lives");
  // Without use beyond the allowance these lives would say nothing about it.
  expect(said).toMatch(/[1-9]\d* subscription_meter_cycle/);
});

test("what is acknowledged is stored, and applied once, though app, worker and PostgreSQL are killed", async () => {
  expect(await trial("crashes", "--webhooks", "200", "--kills", "3")).toContain("200 webhooks");
});
