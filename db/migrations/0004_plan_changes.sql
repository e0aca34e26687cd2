CREATE TABLE "past_due_episodes" (
	"subscription_id" text NOT NULL,
	"since" timestamp(6) with time zone NOT NULL,
	"recovered_at" timestamp with time zone,
	CONSTRAINT "past_due_episodes_subscription_id_since_pk" PRIMARY KEY("subscription_id","since")
);
--> statement-breakpoint
CREATE TABLE "subscription_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"action" text NOT NULL,
	"product" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"outcome" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "pending_applies_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "pause_at_period_end" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "resumes_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_basis_points" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_amount" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one" ON "subscription_changes" USING btree ("workspace_id") WHERE status = 'pending';