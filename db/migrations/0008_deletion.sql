CREATE TABLE "account_deletions" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"polar_ended_at" timestamp with time zone,
	"anonymized_at" timestamp with time zone,
	"customer_ids" text[] DEFAULT '{}'::text[] NOT NULL,
	"heard" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_inbox" ADD COLUMN "customer_id" text;--> statement-breakpoint
CREATE INDEX "account_deletions_customers_idx" ON "account_deletions" USING gin ("customer_ids");--> statement-breakpoint
CREATE INDEX "account_deletions_open_idx" ON "account_deletions" USING btree ("requested_at") WHERE polar_ended_at is null or anonymized_at is null;--> statement-breakpoint
CREATE INDEX "webhook_inbox_customer_idx" ON "webhook_inbox" USING btree ("customer_id");