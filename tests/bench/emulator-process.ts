import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A local Polar in a process of its own, with its state on disk. */
export interface EmulatorProcess {
  url: string;
  accessToken: string;
  /** Calls the API or the control routes; throws on anything but success. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** Starts `npm run emulator`'s program on a free port with a data folder that is removed afterwards. */
export async function startEmulatorProcess(): Promise<EmulatorProcess> {
  const folder = mkdtempSync(join(tmpdir(), "local-polar-bench-"));
  const accessToken = `polar_oat_${randomBytes(8).toString("hex")}`;
  const child = spawn(
    process.execPath,
    ["emulator/main.ts", "--port", "0", "--data", folder, "--token", accessToken],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let url = "";
  for await (const line of createInterface({ input: child.stdout })) {
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
    if (url) break;
  }
  child.stdout.resume();
  if (!url) throw new Error("The local Polar ended before it listened.");
  return {
    url,
    accessToken,
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${accessToken}`,
          "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok)
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
