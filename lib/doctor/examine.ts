import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { polar } from "@/lib/polar";
import { askApp, type Doctor, type Ground } from "./doctor";
import { type Finding, fail, warn } from "./finding";
import { type Line, lines } from "./lines";
import { isQuestion } from "./questions";
import { reasonOf, within } from "./within";

const patienceMs = 12_000;

/** A line as it was found. `isAnswerable` where a person's answer counts. */
export type Result = Finding & { id: string; title: string; isAnswerable: boolean };

export type Report = {
  mayGoLive: boolean;
  /** Null where the environment does not say. */
  polarEnvironment: Env["POLAR_ENVIRONMENT"] | null;
  lines: Result[];
};

async function seesLife(doctor: Doctor): Promise<void> {
  const { status } = await askApp(doctor, "/api/health/live");
  if (status !== 200) throw new Error(`The app answers ${status} to whether it lives.`);
}

/** How each ground is asked, and the line that says what is wrong with it. */
const grounds: Record<Ground, { line: string; ask: (doctor: Doctor) => Promise<unknown> }> = {
  database: { line: "database-indexes", ask: () => db().execute(sql`select 1`) },
  polar: { line: "production-tokens", ask: () => polar().organizations.list({ limit: 1 }) },
  app: { line: "webhook-endpoint", ask: seesLife },
};

const mends: Readonly<Record<string, string>> = {
  "database-indexes": "See that DATABASE_URL is right and the database runs.",
  "production-tokens": "See that Polar can be reached from here, and what status.polar.sh says.",
  "webhook-endpoint": "See that the app runs and that APP_URL leads to it.",
};

const unchecked = (why: string): Finding =>
  warn(`Not checked: see ${why}.`, `Mend ${why} and run this again.`);

async function examineLine(line: Line, doctor: Doctor): Promise<Finding> {
  for (const need of line.needs) {
    const owner = grounds[need].line;
    if (owner !== line.id && !(await doctor.stands(need))) return unchecked(owner);
  }
  try {
    return await within(patienceMs, Promise.resolve(line.check(doctor)));
  } catch (error) {
    return fail(
      `It could not be checked: ${reasonOf(error)}`,
      mends[line.id] ?? "Run this again; the reason is what was answered.",
    );
  }
}

function examinerWith(env: Env, send: boolean): Doctor {
  const asked = new Map<Ground, Promise<boolean>>();
  const doctor: Doctor = {
    env,
    send,
    stands(ground) {
      const known = asked.get(ground);
      if (known) return known;
      const answer = within(patienceMs, grounds[ground].ask(doctor)).then(
        () => true,
        () => false,
      );
      asked.set(ground, answer);
      return answer;
    },
  };
  return doctor;
}

function incomplete(error: EnvError): (line: Line) => Finding {
  return ({ id }) =>
    id === "environment"
      ? fail(error.message.replaceAll(/\s+/g, " "), "Set them; .env.example says how to get each.")
      : unchecked("environment");
}

/**
 * Goes through the checklist, all lines at once, and changes nothing: what a probe leaves is taken away again. What does
 * not answer is a finding. Without a complete environment nothing else is looked at.
 *
 * @param source the environment that is judged: the one that this process runs with.
 * @param send has a test error and a test alert sent.
 */
export async function examine(
  options: { source?: Record<string, string | undefined>; send?: boolean } = {},
): Promise<Report> {
  const { source = process.env, send = false } = options;
  let polarEnvironment: Report["polarEnvironment"] = null;
  let find: (line: Line) => Finding | Promise<Finding>;
  try {
    const env = parseEnv(source);
    polarEnvironment = env.POLAR_ENVIRONMENT;
    const doctor = examinerWith(env, send);
    find = (line) => examineLine(line, doctor);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    find = incomplete(error);
  }
  const results = await Promise.all(
    lines.map(async (line) => ({
      id: line.id,
      title: line.title,
      ...(await find(line)),
      isAnswerable: isQuestion(line.id),
    })),
  );
  const mayGoLive = results.every(({ verdict }) => verdict === "ok" || verdict === "warn");
  return { mayGoLive, polarEnvironment, lines: results };
}
