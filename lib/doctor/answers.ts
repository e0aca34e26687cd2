import "server-only";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Executor } from "@/db/client";
import { doctorAnswers } from "@/db/schema";
import { recordAction } from "@/lib/admin/actions";
import type { Admin } from "@/lib/admin/gate";
import { isQuestion, type QuestionId } from "./questions";

/** What a person answered for, and when. `answeredBy` is null once their account is deleted. */
export type Answer = typeof doctorAnswers.$inferSelect;

/** The last answer to a question, or null. */
export async function findAnswer(line: QuestionId): Promise<Answer | null> {
  const [found] = await db().select().from(doctorAnswers).where(eq(doctorAnswers.line, line));
  return found ?? null;
}

const noteSchema = z.string().trim().max(500, "A note has at most 500 characters.");
const nameSchema = z
  .string()
  .trim()
  .min(1, 'Say who answers: --by "Name".')
  .max(200, "A name has at most 200 characters.");

async function store(
  executor: Executor,
  answer: { line: QuestionId; answeredBy: string; userId: string | null; note: string },
): Promise<void> {
  const row = { ...answer, note: answer.note || null };
  await executor
    .insert(doctorAnswers)
    .values(row)
    .onConflictDoUpdate({ target: doctorAnswers.line, set: { ...row, answeredAt: sql`now()` } });
}

/** An answer that is none: to no question, by nobody, or too long. The message says which. */
export class AnswerError extends Error {
  override name = "AnswerError";
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AnswerError(result.error.issues[0]?.message ?? "That is no answer.");
}

/**
 * Records that a person stands for a line, in place of who did before.
 *
 * @throws {AnswerError}
 */
export async function answerBy(line: string, by: string, note = ""): Promise<void> {
  if (!isQuestion(line)) throw new AnswerError(`${line} is no line that a person answers for.`);
  await store(db(), {
    line,
    answeredBy: checked(nameSchema, by),
    userId: null,
    note: checked(noteSchema, note),
  });
}

/**
 * The same by an admin, written down among what admins did.
 *
 * @throws {AnswerError}
 */
export async function answerAs(admin: Admin, line: string, note: string): Promise<void> {
  if (!isQuestion(line)) throw new AnswerError("There is no such line.");
  const answer = {
    line,
    answeredBy: admin.name?.trim() || admin.email,
    userId: admin.userId,
    note: checked(noteSchema, note),
  };
  await db().transaction(async (tx) => {
    await recordAction(tx, admin, { action: "doctor.answer", objectId: line, details: {} });
    await store(tx, answer);
  });
}
