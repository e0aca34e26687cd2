import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type Answer, findAnswer } from "./answers";
import { askApp, type Check, type Doctor } from "./doctor";
import { ask, type Finding, ok, warn } from "./finding";
import { type QuestionId, questions } from "./questions";

const dayMs = 86_400_000;

const todoOf = (line: QuestionId) =>
  `Answer for it: \`npm run doctor -- --answer ${line} --by "Name"\`, or in the admin.`;

function told({ answeredBy, answeredAt, note }: Answer): string {
  const who = answeredBy ?? "Somebody whose account is deleted";
  const day = answeredAt.toISOString().slice(0, 10);
  return `${who} has answered for it on ${day}${note ? `: ${note}` : "."}`;
}

async function pageOf(doctor: Doctor, page: string | null): Promise<Finding | null> {
  if (!page || !(await doctor.stands("app"))) return null;
  const { status } = await askApp(doctor, page);
  return status === 200 ? ok(`There is the page ${page}.`) : null;
}

/** A line that a person answers for, or a page of the app that is there. */
export function answeredFor(line: QuestionId): Check {
  const question: { text: string; page?: string; days?: number } = questions[line];
  const { text, page = null, days } = question;
  return async (doctor) => {
    const found = await pageOf(doctor, page);
    if (found) return found;
    const answer = await findAnswer(line);
    const missing = page ? ` There is no page ${page}: say in a note where it stands.` : "";
    if (!answer) return ask(text + missing, todoOf(line));
    const age = Math.floor((Date.now() - answer.answeredAt.getTime()) / dayMs);
    return days !== undefined && age > days
      ? warn(`${told(answer)} That was ${age} days ago.`, `${text} ${todoOf(line)}`)
      : ok(told(answer));
  };
}

/** In the sandbox itself the database tells; of what happened there the one of production knows nothing. */
export const sandboxTested: Check = async (doctor) => {
  if (doctor.env.POLAR_ENVIRONMENT === "sandbox") {
    const [row] = await db().execute<{ n: number }>(
      sql`select count(*)::int as n from orders where status = 'paid'`,
    );
    if (row && row.n > 0) return ok(`Orders paid in this sandbox: ${row.n}.`);
  }
  return await answeredFor("sandbox-tested")(doctor);
};
