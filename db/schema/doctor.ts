import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The lines of the production checklist that a person has answered for: the last answer of each. */
export const doctorAnswers = pgTable("doctor_answers", {
  line: text("line").primaryKey(),
  answeredAt: timestamp("answered_at", { withTimezone: true }).notNull().defaultNow(),
  /** A name or an address; null once the account of the admin who answered is deleted. */
  answeredBy: text("answered_by"),
  /** Of an admin; null for whoever answered by the command. */
  userId: text("user_id"),
  note: text("note"),
});
