import "server-only";
import type { Env } from "@/lib/env";
import { type Finding, fail, warn } from "./finding";

/** What a check leans on; where one does not stand, the line that says so fails, and others are not checked. */
export type Ground = "database" | "polar" | "app";

/** What checks are given. `send` allows what leaves something: a test error, a test alert. */
export type Doctor = {
  env: Env;
  send: boolean;
  stands: (ground: Ground) => Promise<boolean>;
};

export type Check = (doctor: Doctor) => Promise<Finding> | Finding;

/** What is wrong in the sandbox and in production, and merely another thing on a laptop. */
export const unlessLocal = ({ env }: Doctor, found: string, todo: string): Finding =>
  env.POLAR_ENVIRONMENT === "local"
    ? warn(`${found} That is right for the local Polar alone.`, todo)
    : fail(found, todo);

/** Whether no worker waits for jobs, and the host's cron runs them. */
export const hasCron = (env: Env): boolean => env.WORKER === "off" && Boolean(env.CRON_SECRET);

const answerMs = 5_000;

/**
 * Asks the app itself, at its public address, as others do. Redirects are not followed.
 *
 * @throws when it does not answer within five seconds.
 */
export async function askApp(
  { env }: Doctor,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers }> {
  const answer = await fetch(env.APP_URL + path, {
    redirect: "manual",
    signal: AbortSignal.timeout(answerMs),
    ...init,
  });
  await answer.body?.cancel();
  return { status: answer.status, headers: answer.headers };
}
