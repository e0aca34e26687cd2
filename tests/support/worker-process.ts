import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * `npm run worker` in a process of its own. `said` resolves once it has printed what is waited for, `output` is all that it
 * has printed so far.
 */
export type WorkerProcess = {
  child: ChildProcess;
  said: (words: string) => Promise<void>;
  output: () => string;
};

/** Starts one. @throws when it ends before it waits for jobs. */
export async function launchWorker(env: NodeJS.ProcessEnv): Promise<WorkerProcess> {
  const args = ["--import", "./scripts/typescript.mjs", "scripts/worker.ts"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const said = async (words: string) => {
    while (!output.includes(words)) await once(child.stdout, "data");
  };
  const ended = once(child, "exit").then(() => {
    throw new Error("The worker ended as it started.");
  });
  await Promise.race([said("waits for jobs"), ended]);
  ended.catch(() => {});
  return { child, said, output: () => output };
}
