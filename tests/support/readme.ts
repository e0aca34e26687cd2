import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A block of code of a Markdown file. */
export interface CodeBlock {
  language: string;
  code: string;
  /** What it says that it prints, in comments such as `# → active`. */
  prints: string[];
}

/** Reads a Markdown file's fenced blocks. `path` is from the project's root. */
export function codeBlocks(path: string): CodeBlock[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    code,
    prints: [...code.matchAll(/(?:#|\/\/) → (.*)$/gm)].map(([, words = ""]) => words.trim()),
  }));
}

/** Runs a program in the project's root; what it prints, or an error with all it said. */
async function run(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${out}${err}`);
  return out;
}

async function runFile(code: string): Promise<string> {
  // In the root, where what it imports is found as a reader would find it.
  const file = join(root, `.readme-${process.pid}.ts`);
  writeFileSync(file, code);
  try {
    return await run(process.execPath, [file]);
  } finally {
    rmSync(file);
  }
}

/**
 * Runs a block as it stands, but for `changes`: texts, such as an address, and what stands for them here.
 *
 * @returns what it printed, line by line.
 */
export async function runBlock(
  { language, code }: Pick<CodeBlock, "language" | "code">,
  changes: Record<string, string>,
): Promise<string[]> {
  let own = code;
  for (const [from, to] of Object.entries(changes)) own = own.replaceAll(from, to);
  const printed =
    language === "sh"
      ? await run("bash", ["-euo", "pipefail", "-c", own])
      : language === "python"
        ? await run("python3", ["-c", own])
        : await runFile(own);
  return printed.split("\n").filter(Boolean);
}
