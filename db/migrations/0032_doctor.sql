CREATE TABLE "doctor_answers" (
	"line" text PRIMARY KEY NOT NULL,
	"answered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_by" text,
	"user_id" text,
	"note" text
);

