import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { doctorAnswers } from "@/db/schema";
import { AnswerError, answerBy } from "@/lib/doctor/answers";
import { examine } from "@/lib/doctor/examine";
import { foundOf, liveApp, wrong } from "../support/live";

liveApp();

const command = async (args: string[], env: Record<string, string> = {}) => {
  const imports = ["./scripts/typescript.mjs", "./tests/support/led.ts"];
  const child = spawn(
    process.execPath,
    [...imports.flatMap((file) => ["--import", file]), "scripts/doctor.ts", ...args],
    { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { stdout, stderr, code };
};

test("the command's code says whether one may go live, and --json what was found", async () => {
  const [right, without, incomplete] = await Promise.all([
    command(["--json"]),
    command(["--json"], {
      DATABASE_URL: "postgres://nobody:anything@127.0.0.1:1/none",
      DIRECT_DATABASE_URL: "",
    }),
    command(["--json"], { APP_URL: "", AUTH_SECRET: "short" }),
  ]);
  expect(right).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(right.stdout)).toEqual(await examine());
  expect([without.code, incomplete.code]).toEqual([1, 1]);
  expect(without.stdout).not.toContain("anything");
  const verdicts = Object.entries(wrong(JSON.parse(without.stdout)));
  const failed = verdicts.filter(([, verdict]) => verdict === "fail").map(([line]) => line);
  expect(failed).toEqual(["database-indexes"]);
  expect(foundOf(JSON.parse(incomplete.stdout), "environment")).toMatch(
    /APP_URL is missing.*AUTH_SECRET is too short/,
  );
}, 60_000);

test("the command records who answers for a line, once there is a name", async () => {
  await db().delete(doctorAnswers).where(eq(doctorAnswers.line, "support"));
  for (const [line, by] of [
    ["support", " "],
    ["jobs", "Ada"],
    ["support", "x".repeat(201)],
  ] as const)
    await expect(answerBy(line, by)).rejects.toBeInstanceOf(AnswerError);
  const [asks, nameless] = await Promise.all([command([]), command(["--answer", "support"])]);
  expect(asks.code).toBe(1);
  expect(asks.stdout).toMatch(/^support +ask /m);
  expect(asks.stdout).toContain("do not go live yet");
  expect(nameless).toMatchObject({ code: 1, stderr: expect.stringContaining("--by") });
  const answer = ["--answer", "support", "--by", "Grace Hopper"];
  expect(await command(answer)).toMatchObject({ code: 0 });
  expect(foundOf(await examine(), "support")).toMatch(/^Grace Hopper .* \d{4}-\d\d-\d\d\.$/);
}, 60_000);
