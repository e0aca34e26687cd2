import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HELP } from "@/emulator/command";
import { type Emulator, startEmulator } from "@/emulator/server";
import { anyPort } from "@/scripts/local/ports";
import { codeBlocks, runBlock } from "../support/readme";

const blocks = codeBlocks("emulator/README.md");
const commands = blocks.filter(({ code }) => code.startsWith("npm run emulator"));
let emulator: Emulator;
let changes: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator({
    accessToken: "polar_oat_local",
    stateDebounceMs: 20,
    paymentDelayMs: 5,
  });
  changes = { "http://127.0.0.1:4100": emulator.url, "4199": String(await anyPort()) };
});
afterAll(() => emulator.close());

test("its curl examples work as they stand and print what they say", async () => {
  const shell = blocks.filter((block) => block.language === "sh" && !commands.includes(block));
  expect(shell.length).toBeGreaterThanOrEqual(2);
  // One after the other in one shell, as a reader pastes them.
  const code = shell.map((block) => block.code).join("\n");
  const printed = await runBlock({ language: "sh", code }, changes);
  expect(printed).toEqual(shell.flatMap(({ prints }) => prints));
});

test("its TypeScript examples work as they stand and print what they say", async () => {
  const examples = blocks.filter(({ language }) => language === "ts");
  expect(examples.length).toBeGreaterThanOrEqual(2);
  for (const example of examples) expect(await runBlock(example, changes)).toEqual(example.prints);
});

test("its Python example works as it stands, where there is a Python, and prints what it says", async () => {
  const [example, ...others] = blocks.filter(({ language }) => language === "python");
  expect(others).toEqual([]);
  if (!example || spawnSync("python3", ["--version"]).status !== 0) return;
  expect(await runBlock(example, changes)).toEqual(example.prints);
});

test("its command has the options that the help names, and they are all in its table", () => {
  const [command, ...others] = commands;
  expect(others).toEqual([]);
  const text = readFileSync("emulator/README.md", "utf8");
  for (const [, option = ""] of HELP.matchAll(/^ {2}(--[\w-]+)/gm))
    if (option !== "--help") expect(text, option).toContain(`\`${option}\``);
  for (const [variable] of HELP.matchAll(/POLAR_\w+|\bPORT\b/g)) expect(text).toContain(variable);
  for (const [option] of (command?.code ?? "").matchAll(/--[a-z]+/g))
    expect(HELP).toContain(option);
});
